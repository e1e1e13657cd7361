import type { OutcomeEntry } from './bus-entries.ts';
import type { HistoryIndex } from './history-index.ts';
import type { Found } from './invariant.ts';
import type { SessionItem } from './items.ts';
import type { Life } from './life.ts';
import type { JudgedWire } from './wire.ts';

/**
 * Answers that the holder of a session believed although nobody asked for them: bound to no request that was ever on record.
 *
 * Only a coordinator that holds the session, has written to it since it took it and writes to it again knows what was asked.
 */
export function unasked(index: HistoryIndex): Found[] {
  const asked = new Map<string, ReadonlySet<string>>();
  return index.entries.flatMap((entry, seq) => {
    if (entry.kind !== 'outcome' || entry.outcome !== 'done') return [];
    const answer = index.judge(index.bodies.get(entry.message) ?? '');
    if (!answer.ok || answer.message.in_reply_to === undefined || !isHolder(entry, answer.session, seq, index))
      return [];
    const known = asked.get(answer.session) ?? requestsOf(answer.session, index);
    asked.set(answer.session, known);
    const isAsked = known.has(answer.message.in_reply_to.sha256) || isLate(answer, seq, index);
    return isAsked ? [] : [{ seq, message: `${entry.by} believed ${entry.message}, an answer to what nobody asked` }];
  });
}

function requestsOf(session: string, { tasksOf, judge }: HistoryIndex): ReadonlySet<string> {
  const wires = new Set(tasksOf(session).flatMap(({ steps }) => steps.map(({ after }) => after.request_wire)));
  return new Set([...wires].map(judge).flatMap((request) => (request.ok ? [request.sha256] : [])));
}

function isHolder({ by }: OutcomeEntry, session: string, seq: number, { sessions, processes }: HistoryIndex): boolean {
  const process = processes.get(by);
  if (process?.role !== 'coordinator' || process.identity === undefined) return false;
  const own = stepsBefore(sessions.get(session), seq);
  const taken = own.findLastIndex(({ after, before }) => after.fence !== before?.fence);
  const last = own.at(-1)?.after;
  const next = sessions.get(session)?.steps.find((step) => step.seq > seq);
  const isKept = next?.by === by && next.after.fence === last?.fence;
  const isHeld = last?.owner === process.identity && isKept;
  return isHeld && own.slice(taken + 1).some((step) => step.by === by && step.isTold);
}

const stepsBefore = (life: Life<SessionItem> | undefined, seq: number): Life<SessionItem>['steps'] =>
  (life?.steps ?? []).filter((step) => step.seq < seq);

/** An answer to a dispatch before the last is late, not foreign. */
function isLate(answer: Extract<JudgedWire, { ok: true }>, seq: number, { tasks }: HistoryIndex): boolean {
  const { task } = answer.message;
  const steps = tasks.get(`${answer.session} ${task?.task_id}`)?.steps.filter((step) => step.seq < seq) ?? [];
  return task !== undefined && task.dispatch < (steps.at(-1)?.after.dispatch ?? 0);
}
