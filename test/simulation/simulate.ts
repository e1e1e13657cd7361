import { fork } from 'node:child_process';
import { join } from 'node:path';
import { reportOf, type SeedOptions, type SeedReport } from './seed-report.ts';
import type { Intensity } from './scenario.ts';
import { addReport, EMPTY, type Summary } from './summary.ts';

/** Which seeds are run, and how. */
export interface Simulation {
  /** The first and the last. */
  readonly seeds: readonly [from: number, to: number];
  /** Processes that share the seeds; with one they are run in this process. */
  readonly workers?: number | undefined;
  readonly intensity?: Intensity | undefined;
  readonly twice?: boolean | undefined;
  /** Ends with the first seed that breaks a promise. */
  readonly untilViolation?: boolean | undefined;
  /** Ends after so many seconds, whatever is left. */
  readonly seconds?: number | undefined;
  readonly onSeed?: ((report: SeedReport) => void) | undefined;
}

/** Runs seeds of the simulator and sums up what they came to. */
export async function simulate(asked: Simulation): Promise<Summary> {
  const startMs = performance.now();
  let sum = EMPTY;
  const add = (report: SeedReport): void => {
    sum = addReport(sum, report);
    asked.onSeed?.(report);
  };
  const workers = asked.workers ?? 1;
  const shares = Array.from({ length: workers }, (_, n) => ({ ...asked, onSeed: undefined, step: workers, offset: n }));
  if (workers === 1) await runShare(shares[0]!, add);
  else await Promise.all(shares.map(async (share) => inChild(share, add)));
  return { ...sum, seconds: (performance.now() - startMs) / 1_000 };
}

/** Every n-th of the seeds. */
export interface Share extends Omit<Simulation, 'onSeed' | 'workers'> {
  readonly step: number;
  readonly offset: number;
}

/** Runs a share in this process. */
export async function runShare(share: Share, onReport: (report: SeedReport) => void): Promise<void> {
  const [from, to] = share.seeds;
  const endMs = performance.now() + (share.seconds ?? Number.POSITIVE_INFINITY) * 1_000;
  const options: SeedOptions = { intensity: share.intensity, twice: share.twice };
  for (let seed = from + share.offset; seed <= to && performance.now() < endMs; seed += share.step) {
    const report = await reportOf(seed, options);
    onReport(report);
    if (share.untilViolation === true && report.violations.length > 0) return;
  }
}

/** Runs a share in a process of its own; the first violation of any ends all. */
function inChild(share: Share, onReport: (report: SeedReport) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = fork(join(import.meta.dirname, 'share-child.ts'), [JSON.stringify(share)]);
  child.on('message', (report) => onReport(report as SeedReport));
  child.on('error', reject);
  child.on('exit', (code) => {
    if (code === 0) resolve();
    else reject(new Error(`a process that ran seeds ended with ${code}`));
  });
  return promise;
}
