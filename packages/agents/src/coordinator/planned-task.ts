import { canonicalBytes, evidenceId, type JsonObject, sha256Hex, type TaskSpec } from '@infrafabric/protocol';
import type { WorkList } from '@infrafabric/finops';

/** A task and the bytes of its work list: what a plan is made of. */
export interface PlannedTask {
  readonly spec: TaskSpec;
  readonly workList: Uint8Array;
}

/** Names a work list by its hash and puts the name into the task: the same plan gives the same bytes. */
export function plannedTask(
  spec: Omit<TaskSpec, 'input' | 'context'> & { context?: JsonObject },
  workList: WorkList,
): PlannedTask {
  const bytes = canonicalBytes(workList);
  return { spec: { context: {}, ...spec, input: evidenceId(sha256Hex(bytes)) }, workList: bytes };
}
