import { CHAINED, chainThrough } from './chains.ts';
import { shuffled } from './fleet.ts';
import { MODEL_FAULTS } from './model.ts';
import { CRASH_POINTS, type CrashPoint } from './operations.ts';
import { SERVED } from './server.ts';
import type { Kind, Spec } from './specs.ts';

/** How much of everything there is. */
export interface Extent {
  /** Kills in all, and at each point, that chains go on for. */
  readonly kills: number;
  readonly hitsEach: number;
  /** Scenarios of the other kinds. */
  readonly others: readonly {
    readonly kind: Kind;
    readonly detail: (random: () => number) => string;
    readonly times: number;
  }[];
}

const seconds = (least: number, most: number) => (random: () => number) =>
  String(Math.floor((least + random() * (most - least)) * 1_000));

const pause = (sleeper: string, least: number, most: number) => (random: () => number) =>
  `${sleeper},${seconds(least, most)(random)}`;

/** Both moments of the claim of a key, which only servers make, and some of the other points. */
const served = (more: number) => (random: () => number) => {
  const claims = SERVED.filter((point) => point.startsWith('claim.'));
  const some = new Set(shuffled(SERVED.slice(claims.length), random).slice(0, more));
  return SERVED.filter((point) => claims.includes(point) || some.has(point)).join(',');
};

const always = (detail: string) => (): string => detail;

/** Everything: 200 kills, each point at least five times. */
export const FULL: Extent = {
  kills: 200,
  hitsEach: 5,
  others: [
    { kind: 'fleet', detail: always('2'), times: 6 },
    { kind: 'server', detail: served(3), times: 6 },
    { kind: 'zombie', detail: pause('worker', 11, 30), times: 3 },
    { kind: 'zombie', detail: pause('worker', 1, 8), times: 1 },
    { kind: 'zombie', detail: pause('coordinator', 5, 60), times: 3 },
    { kind: 'zombie', detail: pause('owner', 5, 30), times: 3 },
    { kind: 'loss', detail: always('data'), times: 3 },
    { kind: 'loss', detail: always('nothing'), times: 3 },
    { kind: 'disk', detail: always('home'), times: 4 },
    { kind: 'disk', detail: always('out'), times: 2 },
    ...MODEL_FAULTS.map((fault) => ({ kind: 'model' as const, detail: always(fault), times: 1 })),
    { kind: 'storm', detail: always('one'), times: 3 },
    { kind: 'storm', detail: always('crew'), times: 2 },
  ],
};

/** What a run of some minutes tries: one of each, and chains for as long as there is time. */
export const SAMPLE: Extent = {
  kills: 60,
  hitsEach: 1,
  others: [
    { kind: 'server', detail: served(1), times: 1 },
    { kind: 'loss', detail: always('nothing'), times: 1 },
    { kind: 'disk', detail: always('home'), times: 1 },
    { kind: 'fleet', detail: always('1'), times: 1 },
    { kind: 'zombie', detail: pause('coordinator', 2, 4), times: 1 },
    { kind: 'model', detail: (random) => shuffled(MODEL_FAULTS, random)[0] ?? '', times: 2 },
    { kind: 'storm', detail: always('one'), times: 1 },
  ],
};

/** Hands out scenarios until the extent is reached; `hits` is what came of those before. */
export function* schedule(
  { kills, hitsEach, others }: Extent,
  { random, hits, killed }: Tally & { readonly random: () => number },
): Generator<Spec> {
  const seed = (): number => Math.floor(random() * 1e9);
  const fixed = others.flatMap(({ kind, detail, times }) =>
    Array.from({ length: times }, (): Spec => ({ kind, detail: detail(random), seed: seed() })),
  );
  const waiting = shuffled(fixed, random);
  // A point that chains cannot come to often enough would keep them going for ever.
  for (let chains = 0; chains < MOST_CHAINS; chains += 1) {
    const rare = CHAINED.filter((point) => (hits().get(point) ?? 0) < hitsEach);
    if (rare.length === 0 && killed() >= kills) break;
    yield {
      kind: 'chain',
      detail: chainThrough(shuffled(rare.length > 0 ? rare : CHAINED, random), random).join(','),
      seed: seed(),
    };
    const other = waiting.shift();
    if (other !== undefined) yield other;
  }
  yield* waiting;
}

/** What came of the scenarios so far. */
export interface Tally {
  readonly hits: () => ReadonlyMap<CrashPoint, number>;
  readonly killed: () => number;
}

const MOST_CHAINS = 150;

/** Points that nobody was killed at often enough. */
export const unreached = (hits: ReadonlyMap<CrashPoint, number>, least: number): CrashPoint[] =>
  CRASH_POINTS.filter((point) => (hits.get(point) ?? 0) < least);
