import type { OpenedRequest, Reason } from '@infrafabric/bus';
import type { TaskRecord } from '@infrafabric/protocol';
import type { WorkerPorts } from '../ports.ts';
import { handBack, lease, stamped } from '../task-machine.ts';

/**
 * The lease of a request's task, or `undefined` when there is nothing to do: the task is over, was sent again since, or is
 * somebody else's. The message may then be deleted, for the coordinator watches over the task. `gone` when there is no such
 * task: it was written before its request was sent, so the store has lost its data.
 */
export async function takeLease(request: OpenedRequest, ports: WorkerPorts): Promise<TaskRecord | undefined | 'gone'> {
  const { task_id, dispatch } = request.message.task;
  const granted = lease(dispatch, ports.mailbox.identity, ports.bootId);
  const change = stamped(granted, { leased_at_ms: ports.clock.nowMs() });
  const leased = await ports.state.changeTask(request.session, task_id, change);
  if (leased === undefined) return ownLease(request, ports);
  if (leased.request_wire !== request.wire) {
    const reason = 'the request on record is another one';
    await ports.state.changeTask(request.session, task_id, handBack(leased.fence, 'BUS_REPLY_UNBOUND', reason));
    return undefined;
  }
  ports.observer.event({
    type: 'task-leased',
    session_id: request.session,
    at_ms: ports.clock.nowMs(),
    task_id,
    role: leased.role,
    attempt: leased.attempt,
  });
  return leased;
}

/** What a worker answers when the task it was asked to do is not in the store. */
export const TASK_GONE: Reason = {
  code: 'STATE_LOST',
  message: 'expected the task in the state store, where it was written before this request, got nothing',
};

/** A lease that was granted while its answer got lost on the way is ours: recognise it instead of waiting it out. */
async function ownLease(request: OpenedRequest, ports: WorkerPorts): Promise<TaskRecord | undefined | 'gone'> {
  const { task_id, dispatch } = request.message.task;
  const record = await ports.state.task(request.session, task_id);
  if (record === undefined) return 'gone';
  const ours = record.state === 'LEASED' && record.dispatch === dispatch && record.owner === ports.mailbox.identity;
  return ours && record.request_wire === request.wire ? record : undefined;
}
