export { memoryEvidence } from './drivers/memory-evidence.ts';
export { memoryReplay } from './drivers/memory-replay.ts';
export { memoryState } from './drivers/memory-state.ts';
export { StoreError } from './errors.ts';
export type { StoreErrorCode } from './errors.ts';
export { MAX_EVIDENCE_BYTES } from './evidence-bytes.ts';
