import type { OpenedDeadLetter } from '@infrafabric/bus';
import {
  type DeadLetter,
  type Envelope,
  isInfraFabricError,
  isTerminal,
  Role,
  type SessionId,
  type SessionRecord,
  sha256Hex,
  type TaskRecord,
  type TaskStatus,
} from '@infrafabric/protocol';
import { parseJson } from '../blob-json.ts';
import { keepDeadLetter } from '../dead-letter.ts';
import type { CoordinatorPorts } from '../ports.ts';
import { tellSettled } from '../settled.ts';
import { end, stamped } from '../task-machine.ts';

/** What looking after dead letters needs. */
export type DeadLetterPorts = Pick<CoordinatorPorts, 'state' | 'mailbox' | 'clock' | 'observer' | 'deadLetters'>;

/** What a sweep of the dead-letter queues came to, by letters; what is `left` is looked at again later. */
export interface SweptLetters {
  readonly kept: number;
  readonly quarantined: number;
  readonly left: number;
}

/** How a sweep goes. */
export interface LetterSweep {
  /** Ends the sweep between two receives. */
  readonly signal?: AbortSignal;
  /** The session of a text that is no message of the bus and yet ours. */
  readonly otherOf?: (text: string) => SessionId | undefined;
}

/**
 * Takes every message out of the dead-letter queues: each is kept for a person, and the task of an order ends with the reason,
 * so that no session waits for what will not come again. A letter is deleted last, so a crash in between only repeats.
 *
 * What came of an older dispatch ends nothing, and neither does an answer: state is the truth.
 */
export async function sweepDeadLetters(
  ports: DeadLetterPorts,
  { signal, otherOf }: LetterSweep = {},
): Promise<SweptLetters> {
  const count = { kept: 0, quarantined: 0, left: 0 };
  for (const role of Role.options) {
    for (;;) {
      if (signal?.aborted === true) return count;
      const outcomes = await ports.mailbox.takeDead(role, { otherOf, handle: (opened) => handle(opened, ports) });
      for (const { outcome } of outcomes) {
        count[outcome === 'done' ? 'kept' : outcome === 'quarantined' ? 'quarantined' : 'left'] += 1;
      }
      if (outcomes.length === 0) break;
    }
  }
  return count;
}

/** Keeps the order of a task that is given up after its last attempt: a dead letter that no queue holds. */
export async function keepLastOrder(
  { session_id }: SessionRecord,
  { task_id, attempt }: TaskStatus,
  ports: DeadLetterPorts,
): Promise<void> {
  const record = await ports.state.task(session_id, task_id);
  if (record === undefined) return;
  const { role, dispatch, request_wire: wire, code, message = '' } = record;
  const { performative: act } = parseJson<Pick<Envelope, 'performative'>>(wire);
  const detail = code === undefined ? 'no worker finished it' : `${code}: ${message}`;
  const letter = { sha256: sha256Hex(wire), role, session_id, act, task_id, dispatch };
  await keepDeadLetter(ports, { ...letter, code: 'ATTEMPTS', detail, receives: attempt }, wire);
}

/** Looks after the dead-letter queues for as long as a coordinator is open. */
export interface LetterWatch {
  /** Resolves when no letter is in hand any more. */
  readonly close: () => Promise<void>;
}

/** A dead letter is rare, and its session has time. */
const LOOK_MS = 5_000;

/** Starts sweeping, at once and then again and again; a bus or a store that is away is asked again. */
export function watchDeadLetters(ports: DeadLetterPorts): LetterWatch {
  const stop = new AbortController();
  const watching = watch(ports, stop.signal);
  return {
    async close() {
      stop.abort();
      await watching;
    },
  };
}

async function watch(ports: DeadLetterPorts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sweepDeadLetters(ports, { signal });
    } catch (error) {
      if (!isInfraFabricError(error)) throw error;
      if (error.retry === 'never') return;
    }
    await ports.clock.sleep(LOOK_MS, signal);
  }
}

async function handle(opened: OpenedDeadLetter, ports: DeadLetterPorts): Promise<void> {
  const { body, code, detail, message, receives, role, session, sha256 } = opened;
  const act = message?.performative ?? ('note' as const);
  const letter = { sha256, role, session_id: session, act, code, detail, receives };
  await keepDeadLetter(ports, { ...letter, ...taskIn(message) }, body);
  if (message?.performative === 'request' || message?.performative === 'challenge') {
    await endTask(opened, message.task.task_id, ports);
  }
}

function taskIn(message: Envelope | undefined): Pick<DeadLetter, 'task_id' | 'dispatch'> {
  if (message === undefined || !('task' in message)) return {};
  const { task } = message;
  return { task_id: task.task_id, ...('dispatch' in task ? { dispatch: task.dispatch } : {}) };
}

/** Ends the task of an order, as long as this very order is the one on record and nobody ended it before. */
async function endTask(opened: OpenedDeadLetter, taskId: string, ports: DeadLetterPorts): Promise<void> {
  for (;;) {
    const record = await ports.state.task(opened.session, taskId);
    if (record === undefined || isTerminal(record.state) || record.request_wire !== opened.body) return;
    const code = opened.code === 'UNDELIVERED' ? opened.code : 'POISON';
    const change = stamped(end(record, 'FAILED', code, reasonOf(opened, record)), { ended_at_ms: ports.clock.nowMs() });
    const ended = await ports.state.changeTask(opened.session, taskId, change);
    if (ended === undefined) continue;
    return tellSettled(ports, { ...ended, state: 'FAILED' });
  }
}

/** Why nobody could do the task, with how often it was tried and the last error that a worker left in its item. */
function reasonOf({ code, detail, receives }: OpenedDeadLetter, { code: last }: TaskRecord): string {
  const before = last === undefined ? '' : `, the last error: ${last}`;
  if (code === 'UNDELIVERED') return `its message could not be delivered: ${detail}`;
  if (code === 'RECEIVE_COUNT') return `its message was handed out ${receives} times and never settled${before}`;
  return `${code}: ${detail} (handed out ${receives} times${before})`;
}
