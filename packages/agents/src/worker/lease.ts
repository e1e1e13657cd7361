import type { OpenedRequest, Reason, Verdict } from '@infrafabric/bus';
import type { TaskRecord } from '@infrafabric/protocol';
import type { WorkerPorts } from '../ports.ts';
import { REUSED } from '../refusals.ts';
import { handBack, lease, stamped } from '../task-machine.ts';

/** The lease of a task, or what is to be said of a request that gets none. */
export type Lease = { readonly record: TaskRecord } | { readonly verdict: Verdict };

/**
 * The lease of a request's task. There is none when the task is over, was sent again since, or is somebody else's: the message may
 * then be deleted, for the coordinator watches over the task. This conditional write is what keeps a replayed request out.
 */
export async function takeLease(request: OpenedRequest, ports: WorkerPorts): Promise<Lease> {
  const { task_id, dispatch } = request.message.task;
  const granted = lease(dispatch, ports.mailbox.identity, ports.bootId);
  const change = stamped(granted, { leased_at_ms: ports.clock.nowMs() });
  const leased = await ports.state.changeTask(request.session, task_id, change);
  if (leased === undefined) return ownLease(request, ports);
  if (leased.request_wire !== request.wire) {
    const reason = 'the request on record is another one';
    await ports.state.changeTask(request.session, task_id, handBack(leased.fence, 'BUS_REPLY_UNBOUND', reason));
    return { verdict: unlikeRecord(request, leased, ports) };
  }
  ports.observer.event({
    type: 'task-leased',
    session_id: request.session,
    at_ms: ports.clock.nowMs(),
    task_id,
    role: leased.role,
    attempt: leased.attempt,
  });
  return { record: leased };
}

/** What a worker answers when its task is not in the store, where it was written before this request was sent: the store has lost its data. */
export const TASK_GONE: Reason = {
  code: 'STATE_LOST',
  message: 'expected the task in the state store, where it was written before this request, got nothing',
};

/** A lease that was granted while its answer got lost on the way is ours: recognise it instead of waiting it out. */
async function ownLease(request: OpenedRequest, ports: WorkerPorts): Promise<Lease> {
  const { task_id, dispatch } = request.message.task;
  const record = await ports.state.task(request.session, task_id);
  if (record === undefined) return { verdict: { verdict: 'refuse', reason: TASK_GONE } };
  if (record.dispatch !== dispatch) return { verdict: undefined };
  if (record.request_wire !== request.wire) return { verdict: unlikeRecord(request, record, ports) };
  if (record.state === 'LEASED' && record.owner === ports.mailbox.identity) return { record };
  // A second receive of one delivery is no replay: its first handling may have ended halfway.
  return { verdict: request.receiveCount === 1 ? { verdict: 'duplicate' } : undefined };
}

/** What is said of a request that is not the one on record: that it reuses its id, where that one is signed as well. */
function unlikeRecord(request: OpenedRequest, { request_wire }: TaskRecord, { mailbox }: WorkerPorts): Verdict {
  const recorded = mailbox.openRecorded(request_wire, request.session);
  if (recorded?.message_id !== request.message.message_id) return undefined;
  return { verdict: 'quarantine', reason: REUSED };
}
