import type { TaskResult } from '@infrafabric/finops';
import type { OpenedRequest, Reason, Verdict } from '@infrafabric/bus';
import { canonicalBytes, type Change, digestOf, isInfraFabricError, type TaskRecord } from '@infrafabric/protocol';
import type { Agent } from '../agent.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellSettled } from '../settled.ts';
import { complete, fail, handBack, INLINE_RESULT_BYTES, stamped } from '../task-machine.ts';

/**
 * Commits a result under the fence of its lease, with the signed answer in the same write, then tells the coordinator.
 *
 * A worker that lost its lease writes nothing and says nothing.
 */
export async function commit(
  request: OpenedRequest,
  record: TaskRecord,
  result: TaskResult,
  ports: WorkerPorts,
): Promise<void> {
  const bytes = canonicalBytes(result);
  const sha256 = digestOf(bytes);
  const inline = bytes.length <= INLINE_RESULT_BYTES;
  if (!inline) await ports.blobsOf(request.session).put(bytes);
  const wire = ports.mailbox.sealInform(request, {
    fence: record.fence,
    result: { sha256, size: bytes.length },
    ...(result.kind === 'challenge' ? { act: result.outcome } : {}),
  });
  const change = complete(record.fence, {
    resultSha256: sha256,
    answerWire: wire,
    ...(inline ? { inlineResult: new TextDecoder().decode(bytes) } : {}),
  });
  await end(request, record, { state: 'DONE', change, wire }, ports);
}

/** Leaves a task that may succeed later to its message; ends any other with its reason. @throws what may pass later. */
export async function giveUp(
  request: OpenedRequest,
  record: TaskRecord,
  error: unknown,
  ports: WorkerPorts,
): Promise<void> {
  const { code, message } = reasonOf(error);
  if (isInfraFabricError(error) && error.retry === 'later') {
    await ports.state.changeTask(request.session, record.task_id, handBack(record.fence, code, message));
    throw error;
  }
  const wire = ports.mailbox.sealFailure(request, { fence: record.fence, code, message });
  await end(request, record, { state: 'FAILED', code, change: fail(record.fence, code, message, wire), wire }, ports);
}

/** Ends a task of a type this agent does not know; the coordinator hears `not-understood`. */
export async function refuseType(
  request: OpenedRequest,
  record: TaskRecord,
  agent: Agent,
  ports: WorkerPorts,
): Promise<Verdict> {
  const reason: Reason = {
    code: 'TASK_UNSUPPORTED',
    message: `expected one of ${agent.types.join(', ')}, got ${request.message.content.task.type}`,
  };
  const wire = ports.mailbox.sealReply(request, { performative: 'not-understood', content: reason });
  const change = fail(record.fence, reason.code, reason.message, wire);
  await end(request, record, { state: 'FAILED', code: reason.code, change, wire }, ports);
  return undefined;
}

/** How a task ends: the write that ends it, and the signed answer that tells of it. */
interface Ending {
  readonly state: 'DONE' | 'FAILED';
  readonly code?: string;
  readonly change: Change<TaskRecord>;
  readonly wire: string;
}

async function end(
  request: OpenedRequest,
  { task_id, role, leased_at_ms }: TaskRecord,
  { state, code, change, wire }: Ending,
  ports: WorkerPorts,
): Promise<void> {
  const ending = stamped(change, { ended_at_ms: ports.clock.nowMs() });
  const ended = await ports.state.changeTask(request.session, task_id, ending);
  if (ended === undefined && !(await isWritten(request, wire, ports))) return;
  tellSettled(ports, { session_id: request.session, task_id, role, state, code }, leased_at_ms);
  await tell(request, wire, ports);
}

/** Whether a write whose answer got lost was ours after all. */
async function isWritten(request: OpenedRequest, wire: string, ports: WorkerPorts): Promise<boolean> {
  return (await ports.state.task(request.session, request.message.task.task_id))?.answer_wire === wire;
}

/** Tells the coordinator. What cannot be published is left: the coordinator also looks by itself every `pollTicks`. */
async function tell(request: OpenedRequest, wire: string, ports: WorkerPorts): Promise<void> {
  await ports.mailbox.publish([{ wire, role: 'coordinator', session: request.session }]);
}

function reasonOf(error: unknown): Reason {
  if (isInfraFabricError(error)) {
    const { code, message, where } = error;
    return { code, message: where === undefined ? message : `${message} (${where})` };
  }
  const message = error instanceof Error ? error.message : 'something that is not an error was thrown';
  return { code: 'UNEXPECTED', message: message.slice(0, 500) };
}
