import type { OpenedRequest } from '@infrafabric/bus';
import { AgentError } from '../errors.ts';
import type { WorkerPorts } from '../ports.ts';

/** What ends work before it is done; the reason of the signal says why. */
export interface TimeLimit {
  /** Aborts at the deadline of the task, after the time a task may take, where the worker has to stop, and when the lease is lost. */
  readonly signal: AbortSignal;
  /** Forgets the deadline. */
  readonly close: () => void;
}

/** The longest a timer waits (Node: 2^31 - 1 ms). */
const MOST_MS = 2_147_483_647;

/** Opens the limit of one piece of work, which begins now. `lost` is the end of its lease, `stop` the end of its worker. */
export function openTimeLimit(
  { message: { task } }: OpenedRequest,
  { lost, stop }: { readonly lost: AbortSignal; readonly stop: AbortSignal | undefined },
  { clock, taskLimitMs = MOST_MS }: Pick<WorkerPorts, 'clock' | 'taskLimitMs'>,
): TimeLimit {
  const limit = new AbortController();
  const closed = new AbortController();
  const endOn = (signal: AbortSignal, why: () => AgentError): void => {
    if (signal.aborted) limit.abort(why());
    signal.addEventListener('abort', () => limit.abort(why()), { once: true, signal: closed.signal });
  };
  endOn(lost, leaseLost);
  if (stop !== undefined) endOn(stop, outOfTime);
  const endInTime = async (): Promise<void> => {
    await clock.sleep(Math.max(0, Math.min(MOST_MS, taskLimitMs, task.deadline - clock.nowMs())), closed.signal);
    if (!closed.signal.aborted) limit.abort(pastDeadline());
  };
  void endInTime();
  return { signal: limit.signal, close: () => closed.abort('the work is over') };
}

/** What was laid down is offered to others after this long. */
export const AGAIN_MS = 1_000;

/** Why a worker that must stop lays work down. */
export const outOfTime = (): AgentError =>
  new AgentError('OUT_OF_TIME', {
    message: 'this worker has no time left to finish the task',
    retryAfterMs: AGAIN_MS,
  });

const pastDeadline = (): AgentError =>
  new AgentError('DEADLINE', { message: 'the task reached its deadline before its work was done' });

const leaseLost = (): AgentError =>
  new AgentError('LEASE_LOST', { message: 'the task was cancelled, ended or given to another worker' });
