import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { SessionItem, TaskItem } from '../items.ts';
import type { Life, Step } from '../life.ts';

export const CANCEL: Invariant = {
  id: 'I23',
  says: 'A coordinator that has seen a cancel dispatches nothing more, and after a session is CANCELLED nothing is dispatched, leased or done; a session ends CANCELLED when, and only when, somebody asked.',
  check: (index) =>
    [...index.sessions.values()].flatMap((life) => [...afterCancel(life, index), ...otherEnds(life, index)]),
};

function afterCancel({ name, steps }: Life<SessionItem>, index: HistoryIndex): Found[] {
  const seenBy = new Map<string, number>();
  for (const step of steps) if (isSeen(step) && !seenBy.has(step.by)) seenBy.set(step.by, step.seq);
  const over = steps.find(({ after, cause }) => cause === 'write' && after.state === 'CANCELLED')?.seq;
  return index
    .tasksOf(name)
    .flatMap((task) =>
      task.steps.flatMap((step) => whyAfter(task, step, over === undefined ? { seenBy } : { seenBy, over })),
    );
}

/** Whether a write told its writer of the cancel; the heartbeat of a pass reads no answer. */
function isSeen(step: Step<SessionItem>): step is Step<SessionItem> & { readonly by: string } {
  const { before, after, by, isTold } = step;
  return isTold && by !== undefined && after.cancel === true && before?.hb === after.hb;
}

function whyAfter(
  task: Life<TaskItem>,
  step: Step<TaskItem>,
  { seenBy, over = Number.POSITIVE_INFINITY }: { readonly seenBy: ReadonlyMap<string, number>; readonly over?: number },
): Found[] {
  const { seq, after, by = '', cause, reopens } = step;
  if (cause !== 'write' || reopens) return [];
  if (isDispatch(step) && seq > (seenBy.get(by) ?? seq))
    return [{ seq, message: `${by} dispatched task ${task.name} after it saw the cancel` }];
  return seq > over && isMove(step)
    ? [{ seq, message: `task ${task.name} became ${after.state} after its session was CANCELLED` }]
    : [];
}

const isDispatch = ({ before, after }: Step<TaskItem>): boolean =>
  after.state === 'DISPATCHED' && after.dispatch > (before?.dispatch ?? 0);

const isMove = (step: Step<TaskItem>): boolean =>
  isDispatch(step) || (step.after.state !== step.before?.state && step.after.state !== 'CANCELLED');

/** A coordinator cancels what somebody asked it to, and reports what nobody did. */
function otherEnds({ name, steps }: Life<SessionItem>, { processes, tampered }: HistoryIndex): Found[] {
  if (tampered.has(name)) return [];
  return steps.flatMap(({ seq, before, after, by, cause }) => {
    const isEnd = before !== undefined && after.state !== before.state && cause === 'write';
    if (!isEnd || processes.get(by ?? '')?.role !== 'coordinator') return [];
    const isAsked = before.cancel === true;
    if (after.state === 'CANCELLED' && !isAsked)
      return [{ seq, message: `${by} cancelled ${name}, which nobody asked for` }];
    const isReported = after.state === 'DONE' || after.state === 'DONE_WITH_GAPS';
    return isReported && isAsked ? [{ seq, message: `${by} reported ${name}, which somebody cancelled` }] : [];
  });
}
