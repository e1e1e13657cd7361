import type { TaskResult } from '@infrafabric/finops';
import type { OpenedRequest, Reason, Verdict } from '@infrafabric/bus';
import { canonicalBytes, digestOf, isInfraFabricError, type TaskRecord } from '@infrafabric/protocol';
import type { Agent } from '../agent.ts';
import type { WorkerPorts } from '../ports.ts';
import { complete, fail, handBack, INLINE_RESULT_BYTES } from '../task-machine.ts';

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
  const wire = ports.mailbox.sealInform(request, { fence: record.fence, result: { sha256, size: bytes.length } });
  const change = complete(record.fence, {
    resultSha256: sha256,
    answerWire: wire,
    ...(inline ? { inlineResult: new TextDecoder().decode(bytes) } : {}),
  });
  const done = await ports.state.changeTask(request.session, record.task_id, change);
  if (done !== undefined || (await isCommitted(request, wire, ports))) await tell(request, wire, ports);
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
  const failed = await ports.state.changeTask(request.session, record.task_id, fail(record.fence, code, message, wire));
  if (failed !== undefined) await tell(request, wire, ports);
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
  const failed = await ports.state.changeTask(request.session, record.task_id, change);
  if (failed !== undefined) await tell(request, wire, ports);
  return undefined;
}

/** Whether a commit whose answer got lost was ours after all. */
async function isCommitted(request: OpenedRequest, wire: string, ports: WorkerPorts): Promise<boolean> {
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
