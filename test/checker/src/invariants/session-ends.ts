import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { SessionItem } from '../items.ts';
import { isSessionOver, isTaskOver, type Life } from '../life.ts';

export const SESSION_ENDS: Invariant = {
  id: 'I5',
  says: 'Every session is over two sweeps after its deadline.',
  check: (index) => [...index.sessions.values()].flatMap((life) => lateness(life, index)),
};

function lateness({ name, steps }: Life<SessionItem>, { world, isEnded, entries }: HistoryIndex): Found[] {
  const end = steps.find(({ after }) => isSessionOver(after));
  const last = steps.at(-1);
  if (last === undefined) return [];
  const latestMs = last.after.deadline_ms + world.grace_ms + world.max_skew_ms;
  if (end === undefined) {
    const isDue = isEnded || (entries.at(-1)?.at_ms ?? 0) > latestMs;
    return isDue ? [{ seq: last.seq, message: `session ${name} never ended: it is ${last.after.state}` }] : [];
  }
  const isLate = end.cause === 'write' && end.at_ms > latestMs;
  return isLate ? [{ seq: end.seq, message: `session ${name} ended ${end.at_ms - latestMs} ms too late` }] : [];
}

export const SESSION_AFTER_TASKS: Invariant = {
  id: 'I6',
  says: 'When a session is over, so are all its tasks, and none starts after.',
  check: (index) => [...index.sessions.values()].flatMap((life) => aliveAfter(life, index)),
};

function aliveAfter({ name, steps }: Life<SessionItem>, index: HistoryIndex): Found[] {
  const end = steps.findLast(
    ({ before, after }) => isSessionOver(after) && (before === undefined || !isSessionOver(before)),
  );
  if (end === undefined || (index.sessions.get(name)?.isReopened ?? false)) return [];
  const isFinal = index.world.scope === 'final';
  return index.tasksOf(name).flatMap((task) => {
    const at = isFinal ? task.steps.at(-1) : task.steps.findLast(({ seq }) => seq < end.seq);
    if (at !== undefined && !isTaskOver(at.after))
      return [{ seq: end.seq, message: `session ${name} ended while task ${task.name} was ${at.after.state}` }];
    const late = isFinal ? undefined : task.steps.find(({ seq, after }) => seq > end.seq && !isTaskOver(after));
    return late === undefined
      ? []
      : [{ seq: late.seq, message: `task ${task.name} moved after session ${name} ended` }];
  });
}
