export type { Asked, Behave, Behaviour, FakeServer, Recorded } from './behaviour.ts';
export { fakeBedrock } from './fake-bedrock.ts';
export { fakeClaude } from './fake-claude.ts';
export { answer, claimsOf, honest, sentences } from './honest.ts';
export { listen } from './listen.ts';
export { jumpingClock, modelOver, plainLedger } from './workbench.ts';
