import type { WorkList } from '@infrafabric/finops';
import {
  canonicalBytes,
  type EvidenceStore,
  evidenceId,
  isJsonObject,
  type JsonObject,
  sha256Hex,
  type TaskSpec,
} from '@infrafabric/protocol';
import { parseJson, readJson } from './blob-json.ts';
import { AgentError } from './errors.ts';

/** The name in a task's context under which its work list travels. */
const MEMBER = 'work_list';

/** A longer work list costs more in every message, and every time a message is read, than a blob does once. */
const MAX_CARRIED_BYTES = 4_096;

/** A task that takes its work list along, where that is short; with the blob to be kept for it where it does not. */
export function carrying(
  spec: TaskSpec,
  workList: Uint8Array,
): { readonly spec: TaskSpec; readonly blob?: Uint8Array } {
  if (workList.length > MAX_CARRIED_BYTES) return { spec, blob: workList };
  const carried = parseJson<JsonObject>(new TextDecoder().decode(workList));
  return { spec: { ...spec, context: { ...spec.context, [MEMBER]: carried } } };
}

/** What a verified request gives its agent. */
export interface Order {
  readonly context: JsonObject;
  readonly workList: WorkList;
}

/**
 * The work list that `input` names by its hash, from the context it came with or from its blob, and the context without it.
 *
 * @throws AgentError `WORK_LIST_INVALID` when the one that came along is another; what reading a blob throws.
 */
export async function orderOf(
  { task, context }: { readonly task: Pick<TaskSpec, 'input'>; readonly context: JsonObject },
  blobs: Pick<EvidenceStore, 'get'>,
): Promise<Order> {
  const { [MEMBER]: carried, ...rest } = context;
  if (carried === undefined) return { context, workList: await readJson<WorkList>(blobs, task.input) };
  if (!isJsonObject(carried) || evidenceId(sha256Hex(canonicalBytes(carried))) !== task.input) {
    throw new AgentError('WORK_LIST_INVALID', {
      message: 'expected the work list that the task names, got another',
      where: `context.${MEMBER}`,
    });
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- named by the hash of a signed request: only our own plans made it
  return { context: rest, workList: carried as unknown as WorkList };
}
