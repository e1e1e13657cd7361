import type { Change, Observation, TaskRecord, TaskStatus } from '@infrafabric/protocol';

/**
 * The task machine: every transition of a task, as the conditional update that performs it.
 *
 *     (plan) -> DISPATCHED -> LEASED -> DONE | FAILED        live -> FAILED | CANCELLED
 *                   ^-----------'  (retry, revoked lease)
 *
 * `fence` grows by one at each grant and each revocation, and a worker's commit carries the fence it was granted: a worker
 * that lost its lease cannot write. A condition that does not hold means somebody else moved the task: a normal answer.
 */

/** How often a task may be leased before it is given up. */
export const MAX_ATTEMPTS = 8;

/** Largest result kept inside the task item; larger ones live only in the blob store (DynamoDB items hold 400 KB). */
export const INLINE_RESULT_BYTES = 65_536;

type TaskChange = Change<TaskRecord>;

/** Worker: takes a dispatched task. `dispatch` is the one its request names, so an old request leases nothing. */
export function lease(dispatch: number, owner: string, bootId: string): TaskChange {
  return {
    expect: { state: 'DISPATCHED', dispatch, attempt: { below: MAX_ATTEMPTS } },
    add: { fence: 1, attempt: 1 },
    set: { state: 'LEASED', owner, boot_id: bootId, hb: 0 },
  };
}

/** Worker: says it is still at work. */
export function heartbeat(fence: number): TaskChange {
  return { expect: { state: 'LEASED', fence }, add: { hb: 1 } };
}

/** Worker: commits its result; the signed answer travels in the same write. */
export function complete(
  fence: number,
  outcome: { resultSha256: string; answerWire: string; inlineResult?: string },
): TaskChange {
  return {
    expect: { state: 'LEASED', fence },
    set: {
      state: 'DONE',
      result_sha256: outcome.resultSha256,
      answer_wire: outcome.answerWire,
      ...(outcome.inlineResult === undefined ? {} : { result: outcome.inlineResult }),
    },
    remove: ['obs', 'code', 'message'],
  };
}

/** Worker: gives the task back with the reason; its message is delivered again later. */
export function handBack(fence: number, code: string, message: string): TaskChange {
  return {
    expect: { state: 'LEASED', fence },
    set: { state: 'DISPATCHED', code, message },
    remove: ['owner', 'boot_id', 'obs'],
  };
}

/** Worker: ends the task for good, with the reason a reader will see. */
export function fail(fence: number, code: string, message: string, answerWire: string): TaskChange {
  return {
    expect: { state: 'LEASED', fence },
    set: { state: 'FAILED', code, message, answer_wire: answerWire },
    remove: ['obs'],
  };
}

/** Worker: ends a task whose request goes to the dead letters; a task that somebody leased meanwhile is left alone. */
export function poison(dispatch: number, message: string): TaskChange {
  return {
    expect: { state: 'DISPATCHED', dispatch },
    set: { state: 'FAILED', code: 'POISON', message },
    remove: ['obs'],
  };
}

/** Coordinator: remembers what it saw of a live task and at which tick. */
export function observe(status: TaskStatus, obs: Observation): TaskChange {
  return { expect: unchanged(status), set: { obs } };
}

/** Coordinator: sends the task again with a new request; a lease that was out is revoked by the fence. */
export function redispatch(status: TaskStatus, requestWire: string): TaskChange {
  return {
    expect: unchanged(status),
    set: { state: 'DISPATCHED', request_wire: requestWire },
    add: { dispatch: 1, ...(status.state === 'LEASED' ? { fence: 1 } : {}) },
    remove: ['owner', 'boot_id', 'obs'],
  };
}

/** Coordinator: ends a live task: attempts used up, deadline passed, dead letter seen, or cancelled. */
export function end(status: TaskStatus, state: 'FAILED' | 'CANCELLED', code: string, message: string): TaskChange {
  return {
    expect: unchanged(status),
    set: { state, code, message },
    add: { fence: 1 },
    remove: ['obs'],
  };
}

/** The change with a time written beside it, for people to read. */
export function stamped(change: TaskChange, times: Pick<TaskRecord, 'leased_at_ms' | 'ended_at_ms'>): TaskChange {
  return { ...change, set: { ...change.set, ...times } };
}

/** What makes two looks at a live task the same look. */
export function seenOf(status: TaskStatus): string {
  return [status.state, status.fence, status.hb, status.dispatch].join('/');
}

function unchanged(status: TaskStatus): TaskChange['expect'] {
  return { state: status.state, fence: status.fence, dispatch: status.dispatch };
}
