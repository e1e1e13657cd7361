import { seededChance } from '@infrafabric/finops/testing';
import { runWanted } from './chains.ts';
import { runDiskFull } from './disk.ts';
import type { Expected } from './expected.ts';
import { runFleet } from './fleet.ts';
import { runLoss } from './loss.ts';
import { runModel } from './model.ts';
import { CRASH_POINTS, type CrashPoint } from './operations.ts';
import type { Fire, Outcome } from './scenario.ts';
import { runServer } from './server.ts';
import { runStorm } from './storms.ts';
import { runZombie } from './zombie.ts';

/** A scenario as text can name it: `<kind>:<detail>@<seed>` runs it again with the same chances. */
export interface Spec {
  readonly kind: Kind;
  /** Points by commas, a number of sessions, a fault: what the kind understands. */
  readonly detail: string;
  readonly seed: number;
}

/** The kinds of scenarios, in words for the table. */
export const KINDS = {
  chain: 'one process that does everything, killed at named points until its session is over',
  fleet: 'coordinator and workers as processes under a supervisor, killed at named points and at any time',
  server: 'API server killed, the client goes on with its Idempotency-Key and Last-Event-ID',
  zombie: 'worker, coordinator or store owner stopped and woken (SIGSTOP, SIGCONT)',
  loss: 'store owner killed with everybody, back with its data or without (STATE_LOST)',
  disk: 'disk of the data folder or of the report full',
  model: 'model server that answers 429, 500, 529, garbage, a byte a second, half an answer, nothing',
  storm: 'AWS throttles up to 70 % of all requests in gusts',
} as const;

/** A kind of scenario. */
export type Kind = keyof typeof KINDS;

const RUN: Readonly<Record<Kind, (detail: string, fire: Fire) => Promise<Outcome>>> = {
  chain: (detail, fire) => runWanted(pointsIn(detail), fire),
  fleet: (detail, fire) => runFleet(Number(detail), fire),
  server: (detail, fire) => runServer(pointsIn(detail), fire),
  zombie: (detail, fire) => {
    const [sleeper = '', pauseMs = '5000'] = detail.split(',');
    return runZombie(oneOf(['worker', 'coordinator', 'owner'], sleeper), { ...fire, pauseMs: Number(pauseMs) });
  },
  loss: (detail, fire) => runLoss(oneOf(['data', 'nothing'], detail), fire),
  disk: (detail, fire) => runDiskFull(oneOf(['home', 'out'], detail), fire),
  model: runModel,
  storm: (detail, fire) => runStorm(oneOf(['one', 'crew'], detail), fire),
};

/** Runs a scenario. */
export function runSpec({ kind, detail, seed }: Spec, expected: Expected): Promise<Outcome> {
  return RUN[kind](detail, { random: seededChance(seed), expected });
}

/** A scenario as text. */
export const specText = ({ kind, detail, seed }: Spec): string => `${kind}:${detail}@${seed}`;

/** A scenario from its text. @throws TypeError when it names none. */
export function specOf(text: string): Spec {
  const match = /^([a-z]+):(.*)@(\d+)$/.exec(text);
  const kind = match?.[1] ?? '';
  if (match === null || !isKind(kind)) throw new TypeError(`expected a scenario such as loss:nothing@7, got ${text}`);
  return { kind, detail: match[2] ?? '', seed: Number(match[3]) };
}

const isKind = (text: string): text is Kind => Object.hasOwn(KINDS, text);

function pointsIn(detail: string): CrashPoint[] {
  return detail.split(',').map((name) => oneOf(CRASH_POINTS, name));
}

function oneOf<T extends string>(words: readonly T[], text: string): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new TypeError(`expected one of ${words.join(', ')}, got ${text}`);
  return found;
}
