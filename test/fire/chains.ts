import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { openFabric } from '@infrafabric/runtime';
import { type Chain, runChain, type Step } from './chain.ts';
import { FORGED } from './examine.ts';
import type { Expected } from './expected.ts';
import { CRASH_POINTS, type CrashPoint, type Operation, type Moment } from './operations.ts';
import type { Fire, Outcome } from './scenario.ts';
import type { Scene } from './scene.ts';

/** What a process must meet so that it comes to an operation at all. */
type Way = 'plain' | 'slow' | 'throttled' | 'failing' | 'cancel' | 'stop' | 'forged';

/** How a chain comes to an operation; `most`: the highest n at which every process that gets there still dies. */
const WAYS: readonly { readonly operation: Operation; readonly way: Way; readonly most: number }[] = [
  { operation: 'evidence.put', way: 'plain', most: 4 },
  { operation: 'session.list', way: 'plain', most: 1 },
  { operation: 'session.create', way: 'plain', most: 1 },
  { operation: 'store.commit', way: 'plain', most: 30 },
  { operation: 'store.sync', way: 'plain', most: 20 },
  { operation: 'session.take', way: 'plain', most: 1 },
  { operation: 'session.plan', way: 'plain', most: 2 },
  { operation: 'task.create', way: 'plain', most: 4 },
  { operation: 'bus.publish', way: 'plain', most: 1 },
  { operation: 'task.redispatch', way: 'plain', most: 2 },
  { operation: 'bus.receive', way: 'plain', most: 2 },
  { operation: 'task.lease', way: 'plain', most: 3 },
  { operation: 'blob.put', way: 'plain', most: 1 },
  { operation: 'session.beat', way: 'plain', most: 1 },
  { operation: 'task.complete', way: 'plain', most: 2 },
  { operation: 'bus.delete', way: 'plain', most: 1 },
  { operation: 'session.report', way: 'plain', most: 1 },
  { operation: 'session.end', way: 'plain', most: 1 },
  { operation: 'report.write', way: 'plain', most: 40 },
  { operation: 'report.swap', way: 'plain', most: 1 },
  { operation: 'task.beat', way: 'slow', most: 1 },
  { operation: 'task.observe', way: 'slow', most: 1 },
  { operation: 'bus.hide', way: 'slow', most: 1 },
  { operation: 'task.handback', way: 'throttled', most: 2 },
  { operation: 'task.fail', way: 'failing', most: 1 },
  { operation: 'session.cancel', way: 'cancel', most: 1 },
  { operation: 'task.end', way: 'cancel', most: 3 },
  { operation: 'session.laydown', way: 'stop', most: 1 },
  { operation: 'quarantine.keep', way: 'forged', most: 1 },
];

/** A task may be leased eight times; each death in the middle of work costs what is in hand an attempt. */
const MOST_DEATHS = 6;

/** Runs a chain through points of one way; where each of them dies is left to chance. */
export function runWanted(points: readonly CrashPoint[], { random, expected }: Fire): Promise<Outcome> {
  const steps = inOrder(points).map(({ point, most }) => ({ point, nth: 1 + Math.floor(random() * most) }));
  return CHAINS[wayTo(points[0])](steps, expected);
}

/** As many of these points as one session bears: the first, and others that are come to in the same way. */
export function chainThrough(wanted: readonly CrashPoint[], random: () => number): CrashPoint[] {
  const [first] = wanted;
  const kept = inOrder(wanted.filter((point) => wayTo(point) === wayTo(first))).map(({ point }) => point);
  while (kept.length > MOST_DEATHS) {
    const at = Math.floor(random() * kept.length);
    if (kept[at] !== first) kept.splice(at, 1);
  }
  return kept;
}

const wayTo = (point: CrashPoint | undefined): Way =>
  WAYS.find(({ operation }) => point?.startsWith(`${operation}.`) === true)?.way ?? 'plain';

function inOrder(points: readonly CrashPoint[]): { readonly point: CrashPoint; readonly most: number }[] {
  return WAYS.flatMap(({ operation, most }) =>
    MOMENTS.map((moment) => ({ point: pointOf(operation, moment), most })),
  ).filter(({ point }) => points.includes(point));
}

/** The points that chains can come to. */
export const CHAINED: readonly CrashPoint[] = CRASH_POINTS.filter((point) =>
  WAYS.some(({ operation }) => point.startsWith(`${operation}.`)),
);

const MOMENTS: readonly Moment[] = ['before', 'after'];

const pointOf = (operation: Operation, moment: Moment): CrashPoint => `${operation}.${moment}`;

/** Makes a session that nobody has begun to work on. */
const ACCEPTED: Step = { point: 'session.create.after', nth: 1 };

/** Leaves tasks that were sent and not taken. */
const SENT: Step = { point: 'task.create.after', nth: 4 };

const CHAINS: Readonly<Record<Way, (steps: readonly Step[], expected: Expected) => Promise<Outcome>>> = {
  plain: (steps, { report }) => runChain({ steps: afterSending(steps), expected: { report } }),
  slow: (steps, { report }) => runChain(inTrouble(steps, 'evidence.get=slow:2500#1-2', { report })),
  throttled: (steps, { report }) => runChain(inTrouble(steps, 'evidence.get=throttle#1-3', { report })),
  failing: async (steps, { failing }) => {
    const { fault, report: gappy } = await failing();
    const environment = { FIRE_FAULTS: fault };
    return runChain({
      steps: [ACCEPTED, ...steps.map((step) => ({ ...step, environment }))],
      expected: { report: gappy, state: 'DONE_WITH_GAPS' },
      last: { environment, status: 1 },
    });
  },
  cancel: (steps) =>
    runChain({
      steps: [SENT, ...steps.map((step) => ({ ...step, args: cancelArgs }))],
      expected: { state: 'CANCELLED' },
      last: { args: cancelArgs },
    }),
  stop: (steps, { report }) =>
    runChain({
      steps: [ACCEPTED, ...steps.map((step) => ({ ...step, args: () => ['coordinator'], stopOn: 'plan-made' }))],
      expected: { report },
    }),
  forged: (steps, { report }) =>
    runChain({
      steps: [ACCEPTED, ...steps.map((step) => ({ ...step, prepare: forge }))],
      expected: { report, forged: true },
    }),
};

/** A task is sent again only where somebody died after it was sent. */
function afterSending(steps: readonly Step[]): readonly Step[] {
  const again = steps.findIndex(({ point }) => point.startsWith('task.redispatch.'));
  const isSent = steps.slice(0, Math.max(0, again)).some(({ point }) => /^(?:task\.create|bus\.publish)\./.test(point));
  return again < 0 || isSent ? steps : steps.toSpliced(again, 0, SENT);
}

function inTrouble(steps: readonly Step[], fault: string, expected: Chain['expected']): Chain {
  const environment = { FIRE_FAULTS: fault };
  return { steps: [ACCEPTED, ...steps.map((step) => ({ ...step, environment }))], expected };
}

const cancelArgs = (_: Scene, session: string): readonly string[] => ['sessions', 'cancel', session];

/** Puts a text that nobody signed where the pricing agent reads its orders. */
async function forge({ at }: Scene): Promise<void> {
  const fabric = await openFabric(at.config);
  try {
    const { pricing } = fabric.addresses.queueUrls;
    await fabric.clients.sqs.send(new SendMessageCommand({ QueueUrl: pricing, MessageBody: FORGED }));
  } finally {
    await fabric.close();
  }
}
