import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { SessionItem, TaskItem } from '../items.ts';
import type { Step } from '../life.ts';

export const FENCES: Invariant = {
  id: 'I3',
  says: 'A fence never decreases, and every grant and every revocation increases it.',
  check: (index) => [
    ...[...index.tasks.values()].flatMap(({ name, steps }) =>
      steps.flatMap((step) => told(step, name, whyTaskFence(step, index))),
    ),
    ...[...index.sessions.values()].flatMap(({ name, steps }) =>
      steps.flatMap((step) => told(step, name, whySessionFence(step))),
    ),
  ],
};

const told = ({ seq }: { readonly seq: number }, name: string, why: string | undefined): Found[] =>
  why === undefined ? [] : [{ seq, message: `${name}: ${why}` }];

function whyTaskFence(step: Step<TaskItem>, index: HistoryIndex): string | undefined {
  const { before, after, cause } = step;
  if (before === undefined || cause !== 'write') return undefined;
  if (after.fence < before.fence) return `its fence went from ${before.fence} to ${after.fence}`;
  if (after.fence > before.fence) return undefined;
  if (before.state !== 'LEASED') return after.state === 'LEASED' ? 'it was leased under an old fence' : undefined;
  const isRevoked = isByCoordinator(step, index) && (after.state !== 'LEASED' || after.dispatch !== before.dispatch);
  return isRevoked ? `its lease was revoked under the fence ${before.fence} it was granted` : undefined;
}

const isByCoordinator = ({ by }: Step<TaskItem>, { processes }: HistoryIndex): boolean =>
  processes.get(by ?? '')?.role === 'coordinator';

function whySessionFence({ before, after, cause }: Step<SessionItem>): string | undefined {
  if (before === undefined || cause !== 'write') return undefined;
  if (after.fence < before.fence) return `its fence went from ${before.fence} to ${after.fence}`;
  const isTaken = after.owner !== undefined && after.owner !== before.owner;
  return isTaken && after.fence === before.fence ? `it was taken over under the fence ${before.fence}` : undefined;
}
