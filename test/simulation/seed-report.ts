import type { Violation } from '@infrafabric/history-checker';
import { type DecisionId, kindOf } from './chance.ts';
import { historyHash } from './history-hash.ts';
import { judge } from './judge.ts';
import { runSeed } from './run-seed.ts';
import { count, type WorldOptions } from './world.ts';

/** Names and how often. */
export type Counts = Readonly<Record<string, number>>;

/** What one seed came to, small enough to be sent to another process. */
export interface SeedReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Faults that happened; only where there is a violation. */
  readonly injected: readonly DecisionId[];
  readonly sessions: Counts;
  readonly tasks: number;
  readonly gaps: Counts;
  readonly crashes: Counts;
  readonly faults: Counts;
  readonly forged: Counts;
  readonly refusals: Counts;
  readonly modelCalls: number;
  readonly events: number;
}

/** How seeds are run. */
export interface SeedOptions extends WorldOptions {
  /** Runs each seed a second time: both histories must be the same, byte for byte. */
  readonly twice?: boolean | undefined;
}

/** Runs a seed and judges it. */
export async function reportOf(seed: number, options: SeedOptions): Promise<SeedReport> {
  const run = await runSeed(seed, options);
  const violations = [...judge(run), ...(options.twice === true ? await differences(seed, options, run.history) : [])];
  const { tally } = run;
  const faults = new Map<string, number>();
  for (const id of run.injected) count(faults, kindOf(id));
  return {
    seed,
    violations,
    injected: violations.length === 0 ? [] : run.injected,
    sessions: countsOf(run.sessions.map(({ state }) => state)),
    tasks: run.tasks,
    gaps: countsOf(run.gaps),
    crashes: Object.fromEntries(tally.crashes),
    faults: Object.fromEntries(faults),
    forged: Object.fromEntries(tally.forged),
    refusals: Object.fromEntries(tally.refusals),
    modelCalls: tally.modelCalls,
    events: run.events,
  };
}

async function differences(
  seed: number,
  options: WorldOptions,
  history: Awaited<ReturnType<typeof runSeed>>['history'],
): Promise<Violation[]> {
  const [first, second] = [history, (await runSeed(seed, options)).history].map(historyHash);
  return first === second
    ? []
    : [{ invariant: 'DETERMINISM', seq: 0, message: `two runs of the seed differ: ${first}, ${second}` }];
}

function countsOf(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) count(counts, name);
  return Object.fromEntries(counts);
}
