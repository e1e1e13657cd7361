import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { TaskItem } from '../items.ts';
import { isTaskOver, type Life } from '../life.ts';

export const TASK_ENDS: Invariant = {
  id: 'I1',
  says: 'Every planned task has exactly one transition into a terminal state.',
  check: (index) => [
    ...[...index.tasks.values()].flatMap((life) => endsOf(life, index)),
    ...[...index.sessions.values()].flatMap(({ last }) =>
      last === undefined ? [] : neverWritten(last.session_id, index),
    ),
  ],
};

function endsOf({ name, steps }: Life<TaskItem>, { isEnded }: HistoryIndex): Found[] {
  let ends = 0;
  for (const { seq, before, after, cause, reopens } of steps) {
    if (reopens) ends = 0;
    const isEnd = isTaskOver(after) && (before === undefined || !isTaskOver(before));
    if (isEnd) ends = cause === 'tamper' ? 1 : ends + 1;
    if (isEnd && ends > 1) return [{ seq, message: `task ${name} ended a second time` }];
  }
  const last = steps.at(-1);
  return last !== undefined && isEnded && !isTaskOver(last.after)
    ? [{ seq: last.seq, message: `task ${name} never ended: it is ${last.after.state}` }]
    : [];
}

/** A session that failed may leave tasks that nobody wrote; every other ends what it planned. */
function neverWritten(session: string, index: HistoryIndex): Found[] {
  const life = index.sessions.get(session);
  const last = life?.last;
  if (last === undefined || last.state === 'FAILED' || !index.isEnded) return [];
  const written = new Set(index.tasksOf(session).map(({ name }) => name));
  const missing = (index.plannedIn(last) ?? []).filter((task) => !written.has(task));
  const seq = life?.steps.at(-1)?.seq ?? 0;
  return missing.map((task) => ({ seq, message: `task ${task} was planned and never written` }));
}
