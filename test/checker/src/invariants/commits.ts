import type { ProcessEntry } from '../history.ts';
import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { TaskItem } from '../items.ts';
import type { Life, Step } from '../life.ts';
import type { JudgedWire } from '../wire.ts';

export const COMMITS: Invariant = {
  id: 'I4',
  says: 'At most one commit is made under a fence, and only by the worker that holds the lease of that fence.',
  check: (index) => [...index.tasks.values()].flatMap((life) => commitsOf(life, index)),
};

function commitsOf({ name, steps }: Life<TaskItem>, index: HistoryIndex): Found[] {
  const used = new Set<number>();
  return steps.flatMap((step) => {
    const why = whyNotHeld(step, index) ?? whyTwice(step, used);
    return why === undefined ? [] : [{ seq: step.seq, message: `task ${name}: ${why}` }];
  });
}

const isAnswered = ({ before, after }: Step<TaskItem>): boolean =>
  after.answer_wire !== undefined && after.answer_wire !== before?.answer_wire;

function whyNotHeld(step: Step<TaskItem>, index: HistoryIndex): string | undefined {
  const { before, by, cause } = step;
  if (cause !== 'write' || by === undefined) return undefined;
  const process = index.processes.get(by);
  if (before?.state === 'LEASED' && isWorker(process) && process.identity !== before.owner)
    return `${by} changed it while ${before.owner} held its lease`;
  return isAnswered(step) ? whyOtherFence(step, index) : undefined;
}

function whyOtherFence({ before, after, by }: Step<TaskItem>, { judge }: HistoryIndex): string | undefined {
  if (before?.state !== 'LEASED') return `${by} committed while it was ${before?.state ?? 'not there'}`;
  const fence = fenceOf(judge(after.answer_wire ?? ''));
  const isOwn = fence === undefined || fence === before.fence;
  return isOwn ? undefined : `${by} committed work of fence ${fence} under the fence ${before.fence}`;
}

const isWorker = (process: ProcessEntry | undefined): process is ProcessEntry =>
  process !== undefined && process.role !== 'coordinator' && process.role !== 'door';

const fenceOf = (answer: JudgedWire): number | undefined => (answer.ok ? answer.message.task?.fence : undefined);

function whyTwice(step: Step<TaskItem>, used: Set<number>): string | undefined {
  if (step.cause !== 'write' || !isAnswered(step)) return undefined;
  const { fence } = step.after;
  if (used.has(fence)) return `a second commit under the fence ${fence}`;
  used.add(fence);
  return undefined;
}
