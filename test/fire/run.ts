import { seededChance } from '@infrafabric/finops/testing';
import { endAll } from './child.ts';
import { type Expected, expectedReports } from './expected.ts';
import { CRASH_POINTS, type CrashPoint } from './operations.ts';
import { lost, type Outcome, type Problem } from './scenario.ts';
import { type Extent, schedule, unreached } from './schedule.ts';
import { type Kind, runSpec, type Spec, specText } from './specs.ts';

/** What is to be put under fire, and for how long. */
export interface Order {
  readonly seed: number;
  readonly extent: Extent;
  /** These scenarios and no others. */
  readonly only?: readonly Spec[] | undefined;
  /** No scenario begins after this. */
  readonly untilMs: number;
  /** Scenarios side by side. */
  readonly jobs: number;
  /** Aborts: what runs is killed, and what was done is told. */
  readonly stop: AbortSignal;
  readonly log: (line: string) => void;
}

/** What it came to. */
export interface Fired {
  readonly scenarios: ReadonlyMap<Kind, number>;
  readonly kills: number;
  readonly hits: ReadonlyMap<CrashPoint, number>;
  /** Points that were hit less often than the extent asks for. */
  readonly unreached: readonly CrashPoint[];
  readonly failures: readonly { readonly spec: string; readonly problems: readonly Problem[] }[];
  readonly skipped: readonly string[];
  /** The extent was reached: nothing was cut short by time or by a person. */
  readonly isWhole: boolean;
}

/** A scenario that takes longer is stuck. */
const STUCK_MS = 600_000;

/** Runs scenarios until the extent is reached, the time is over, or somebody stops it. */
export async function runFire(order: Order): Promise<Fired> {
  const { extent, stop, log } = order;
  const random = seededChance(order.seed);
  const hits = new Map<CrashPoint, number>();
  const scenarios = new Map<Kind, number>();
  const failures: { spec: string; problems: readonly Problem[] }[] = [];
  const skipped: string[] = [];
  let kills = 0;
  let isCut = false;
  const expected = await expectedReports();
  const specs = order.only?.values() ?? schedule(extent, { random, hits: () => hits, killed: () => kills });

  const take = async (): Promise<void> => {
    for (const spec of specs) {
      if (stop.aborted || Date.now() > order.untilMs) {
        isCut = true;
        return;
      }
      const startMs = performance.now();
      const outcome = await tried(spec, expected);
      if (stop.aborted) return;
      kills += outcome.kills;
      for (const point of outcome.hits) hits.set(point, (hits.get(point) ?? 0) + 1);
      scenarios.set(spec.kind, (scenarios.get(spec.kind) ?? 0) + 1);
      if (outcome.skipped !== undefined) skipped.push(`${spec.kind} ${spec.detail}: ${outcome.skipped}`);
      if (outcome.problems.length > 0) failures.push({ spec: specText(spec), problems: outcome.problems });
      log(lineOf(spec, outcome, (performance.now() - startMs) / 1_000));
    }
  };
  const onStop = (): void => void endAll();
  stop.addEventListener('abort', onStop, { once: true });
  await Promise.all(Array.from({ length: order.jobs }, take));
  stop.removeEventListener('abort', onStop);
  await endAll();
  const isWhole = !isCut && !stop.aborted && order.only === undefined;
  return { scenarios, kills, hits, unreached: unreached(hits, extent.hitsEach), failures, skipped, isWhole };
}

/** A scenario that is stuck, or throws, has broken a promise too. */
async function tried(spec: Spec, expected: Expected): Promise<Outcome> {
  const nothing = { kills: 0, hits: [], missed: [] };
  const late = Promise.withResolvers<Outcome>();
  const timer = setTimeout(() => {
    late.resolve({ ...nothing, problems: [lost(`it has not ended in ${STUCK_MS / 1_000} s`)] });
  }, STUCK_MS);
  try {
    return await Promise.race([runSpec(spec, expected), late.promise]);
  } catch (error) {
    return { ...nothing, problems: [lost(error instanceof Error ? error.message : String(error))] };
  } finally {
    clearTimeout(timer);
  }
}

function lineOf(spec: Spec, { kills, hits, problems, skipped, missed }: Outcome, seconds: number): string {
  const what = spec.kind === 'chain' ? hits.join(' ') : spec.detail;
  const said = skipped ?? (problems.length === 0 ? 'ok' : `BROKEN ${problems.map(({ text }) => text).join('; ')}`);
  const not = missed.length === 0 ? '' : ` (not come to: ${missed.join(' ')})`;
  return `${spec.kind} ${what}${not}: ${kills} kills, ${seconds.toFixed(0)} s, ${said}`;
}

/** Hits of every point, in order. */
export const hitsByPoint = (hits: ReadonlyMap<CrashPoint, number>): (readonly [CrashPoint, number])[] =>
  CRASH_POINTS.map((point) => [point, hits.get(point) ?? 0]);
