import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { TaskItem } from '../items.ts';
import { isTaskOver, type Step } from '../life.ts';

export const DEAD_LETTERS: Invariant = {
  id: 'I24',
  says: 'A message among the dead letters implies that its task is over, and ends no other dispatch of it.',
  check: (index) => [
    ...(index.isEnded ? [...buried(index)].flatMap(([body, seq]) => unended(body, seq, index)) : []),
    ...endedByOthers(index),
  ],
};

function buried({ entries, bodies }: HistoryIndex): Map<string, number> {
  const found = new Map<string, number>();
  for (const [seq, entry] of entries.entries()) {
    const isDead = entry.kind === 'delivery' && entry.op === 'dead-letter' && ['ok', 'lost'].includes(entry.outcome);
    const body = isDead ? bodies.get(entry.message) : undefined;
    if (body !== undefined) found.set(body, seq);
    if (entry.kind === 'left' && entry.dead) found.set(entry.body, seq);
  }
  return found;
}

function unended(body: string, seq: number, index: HistoryIndex): Found[] {
  const request = index.judge(body);
  if (!request.ok || request.role !== 'coordinator' || request.message.task === undefined) return [];
  const name = request.message.task.task_id;
  const task = index.tasks.get(`${request.session} ${name}`)?.last;
  return task !== undefined && isTaskOver(task)
    ? []
    : [{ seq, message: `the request of ${name} is a dead letter and the task is ${task?.state ?? 'not there'}` }];
}

/** A worker that ends a task as poison has the request on record in hand. */
function endedByOthers(index: HistoryIndex): Found[] {
  return [...index.tasks.values()].flatMap(({ name, steps }) =>
    steps
      .filter((step) => isPoison(step, index))
      .flatMap(({ seq, by = '', after }) => {
        const had = index.entries
          .slice(0, seq)
          .some(
            (entry) =>
              entry.kind === 'delivery' && entry.by === by && index.bodies.get(entry.message) === after.request_wire,
          );
        return had ? [] : [{ seq, message: `${by} ended task ${name} for the dead letter of an older request` }];
      }),
  );
}

function isPoison({ before, after, by, cause }: Step<TaskItem>, { processes }: HistoryIndex): boolean {
  const isEnd = after.state === 'FAILED' && after.code === 'POISON' && before?.state !== 'FAILED';
  return isEnd && cause === 'write' && processes.get(by ?? '')?.role === after.role;
}
