import { chance } from '../../demo/chance.ts';

/** Draws that only a name decides; the name starts with the seed of the estate. */
export interface Draw {
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  /** A number from `low` to `high`. */
  readonly between: (low: number, high: number) => number;
  /** True in so many of a hundred draws. */
  readonly is: (percent: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** One of several by weight. */
  readonly weighted: <T extends string>(weights: Readonly<Record<T, number>>) => T;
}

/** Opens the draws of a name. */
export function openDraw(name: string): Draw {
  const { whole } = chance(name);
  const between = (low: number, high: number): number => low + ((high - low) * whole(0, 1_000_000)) / 1_000_000;
  return {
    whole,
    between,
    is: (percent) => whole(0, 9_999) < percent * 100,
    pick: (list) => list[whole(0, list.length - 1)]!,
    weighted: (weights) => weightedOf(weights, between),
  };
}

function weightedOf<T extends string>(
  weights: Readonly<Record<T, number>>,
  between: (low: number, high: number) => number,
): T {
  const entries = Object.entries(weights) as [T, number][];
  let at = between(
    0,
    entries.reduce((sum, [, weight]) => sum + weight, 0),
  );
  for (const [name, weight] of entries) {
    at -= weight;
    if (at <= 0) return name;
  }
  return entries.at(-1)![0];
}
