import type { DecisionId } from './chance.ts';
import type { Intensity } from './scenario.ts';
import { reportOf } from './seed-report.ts';

/** A run that breaks a promise, with as few faults as it takes. */
export interface Regression {
  readonly seed: number;
  readonly intensity?: Intensity | undefined;
  /** The promises that it broke. */
  readonly broke: readonly string[];
  /** The faults that it takes; all others of the seed are left out. */
  readonly faults: readonly DecisionId[];
  /** Why it failed once. */
  readonly reason: string;
}

/**
 * Leaves out faults of a failing seed as long as the same promise is broken: halves first, then quarters, down to single faults
 * (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002, ddmin). `undefined` when the seed breaks nothing.
 */
export async function shrink(
  seed: number,
  { intensity, onStep }: { readonly intensity?: Intensity | undefined; readonly onStep?: (left: number) => void },
): Promise<Regression | undefined> {
  const whole = await reportOf(seed, { intensity });
  const [wanted] = whole.violations.map(({ invariant }) => invariant);
  if (wanted === undefined) return undefined;
  const breaks = async (faults: readonly DecisionId[]): Promise<boolean> => {
    const { violations } = await reportOf(seed, { intensity, only: new Set(faults) });
    return violations.some(({ invariant }) => invariant === wanted);
  };
  const faults = await fewest([...new Set(whole.injected)], breaks, onStep);
  const { violations } = await reportOf(seed, { intensity, only: new Set(faults) });
  const broke = [...new Set(violations.map(({ invariant }) => invariant))].sort();
  return {
    seed,
    ...(intensity === undefined ? {} : { intensity }),
    broke,
    faults,
    reason: violations[0]?.message ?? '',
  };
}

/** A list from which no part of any size tried can be left out. */
async function fewest(
  all: readonly DecisionId[],
  breaks: (faults: readonly DecisionId[]) => Promise<boolean>,
  onStep?: (left: number) => void,
): Promise<readonly DecisionId[]> {
  if (!(await breaks(all))) return all;
  let left = all;
  for (let size = Math.ceil(left.length / 2); size >= 1;) {
    const before = left.length;
    for (let at = 0; at < left.length;) {
      const without = [...left.slice(0, at), ...left.slice(at + size)];
      if (await breaks(without)) left = without;
      else at += size;
      onStep?.(left.length);
    }
    if (size === 1 && left.length === before) return left;
    size = left.length === before ? Math.floor(size / 2) : Math.min(size, Math.max(1, Math.ceil(left.length / 2)));
    if (size === 0) return left;
  }
  return left;
}
