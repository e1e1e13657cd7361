import type { Clock, Observer, SessionId, TaskRecord, TaskState } from '@infrafabric/protocol';

/** A task whose end was just written. */
export interface Settled extends Pick<TaskRecord, 'task_id' | 'role'> {
  readonly session_id: SessionId;
  readonly state: Exclude<TaskState, 'DISPATCHED' | 'LEASED'>;
  readonly code?: string | undefined;
}

/**
 * Says that a task was ended, once: only who wrote the end calls it. The time from lease to end is said when a worker ended it.
 */
export function tellSettled(
  { observer, clock }: { readonly observer: Observer; readonly clock: Clock },
  ended: Settled,
  leasedAtMs?: number,
): void {
  const { session_id, task_id, role, state, code } = ended;
  const at_ms = clock.nowMs();
  observer.event({
    type: 'task-settled',
    session_id,
    at_ms,
    task_id,
    role,
    state,
    ...(code === undefined ? {} : { code }),
    ...(leasedAtMs === undefined ? {} : { execution_time_ms: Math.max(0, at_ms - leasedAtMs) }),
  });
}
