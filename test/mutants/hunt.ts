import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { SeedVerdict } from './hunt-child.ts';

/** Where a mutant died. `HANG`: its run never ended. */
export interface Kill {
  readonly seed: number;
  readonly invariant: string;
  readonly message: string;
}

/** The first and the last seed that is run. */
export type Seeds = readonly [from: number, to: number];

/** A seed takes a tenth of a second; one that takes this long does not end. */
const HANG_MS = 90_000;

/**
 * Runs seeds with the safeguards of these mutants off, until one breaks a promise that the same seed keeps with all of them on, and
 * of a pair with either of them on.
 */
export async function hunt(ids: readonly string[], seeds: Seeds): Promise<Kill | undefined> {
  let [from] = seeds;
  while (from <= seeds[1]) {
    const kill = await firstViolation(ids, [from, seeds[1]]);
    if (kill === undefined || (await isClean(ids, kill.seed))) return kill;
    from = kill.seed + 1;
  }
  return undefined;
}

/** Whether the mutants die at this very seed. */
export async function diesAt(ids: readonly string[], seed: number): Promise<boolean> {
  return (await firstViolation(ids, [seed, seed])) !== undefined;
}

const clean = new Map<string, Promise<boolean>>();

/** Whether a seed keeps every promise with fewer safeguards off. */
async function isClean(ids: readonly string[], seed: number): Promise<boolean> {
  const fewer = ids.length === 1 ? [[]] : [[], ...ids.map((id) => [id])];
  const all = await Promise.all(fewer.map(async (some) => keepsPromises(some, seed)));
  return all.every(Boolean);
}

function keepsPromises(ids: readonly string[], seed: number): Promise<boolean> {
  const name = `${ids.join('+')} ${seed}`;
  const known = clean.get(name) ?? diesAt(ids, seed).then((dies) => !dies);
  clean.set(name, known);
  return known;
}

function firstViolation(ids: readonly string[], [from, to]: Seeds): Promise<Kill | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Kill | undefined>();
  const child = fork(join(import.meta.dirname, 'hunt-child.ts'), [String(from), String(to)], {
    execArgv: ['--import', join(import.meta.dirname, 'hook.ts')],
    env: { ...process.env, INFRAFABRIC_MUTANTS: ids.join(',') },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let next = from;
  let said = '';
  const end = (kill: Kill | undefined): void => {
    clearTimeout(watchdog);
    child.kill('SIGKILL');
    resolve(kill);
  };
  const watchdog = setTimeout(() => end({ seed: next, invariant: 'HANG', message: 'the run did not end' }), HANG_MS);
  child.stderr?.on('data', (text: Buffer) => void (said = (said + text.toString()).slice(-500)));
  child.on('message', (verdict: SeedVerdict) => {
    const { seed, invariant, message = '' } = verdict;
    if (invariant !== undefined) return end({ seed, invariant, message });
    next = seed + 1;
    watchdog.refresh();
  });
  child.on('error', reject);
  child.on('exit', () => {
    // A process that ends on an error of its own shows the safeguard missing as well.
    if (next > to) return end(undefined);
    end({ seed: next, invariant: 'CRASH', message: said.split('\n').find((line) => line.includes('Error')) ?? said });
  });
  return promise;
}
