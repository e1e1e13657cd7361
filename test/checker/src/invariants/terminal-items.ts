import { isDeepStrictEqual } from 'node:util';
import type { Found, Invariant } from '../invariant.ts';
import type { SessionItem } from '../items.ts';
import { isSessionOver, isTaskOver, type Step } from '../life.ts';

export const TERMINAL_ITEMS: Invariant = {
  id: 'I2',
  says: 'A terminal item never changes: neither state, result and wires of a task, nor state and report of a session.',
  check: ({ tasks, sessions }) => [
    ...[...tasks.values()].flatMap(({ name, steps }) =>
      steps
        .filter((step) => isTouched(step, isTaskOver) && !isDeepStrictEqual(step.before, step.after))
        .map(({ seq, before }) => ({ seq, message: `task ${name} changed after it was ${before?.state}` })),
    ),
    ...[...sessions.values()].flatMap(({ name, steps }) => steps.flatMap((step) => sessionTouched(name, step))),
  ],
};

/** What of a session stays as it is when the session is over; a model's prose may still be added. */
const KEPT = ['state', 'report_sha256', 'close_sha256', 'code', 'message', 'request'] as const;

function sessionTouched(name: string, step: Step<SessionItem>): Found[] {
  if (!isTouched(step, isSessionOver)) return [];
  const changed = KEPT.filter((member) => !isDeepStrictEqual(step.before?.[member], step.after[member]));
  return changed.map((member) => ({ seq: step.seq, message: `${member} of session ${name} changed after its end` }));
}

function isTouched<Item>({ before, cause, reopens }: Step<Item>, isOver: (item: Item) => boolean): boolean {
  return before !== undefined && isOver(before) && cause !== 'tamper' && !reopens;
}
