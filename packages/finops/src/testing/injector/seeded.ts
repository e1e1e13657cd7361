/** Numbers that only a seed decides. */
export interface Seeded {
  /** From `low` (included) to `high` (not included). */
  readonly between: (low: number, high: number) => number;
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  /** As likely to be from `low` to twice that as from half of `high` to it. */
  readonly logBetween: (low: number, high: number) => number;
  /** About normal, mean 0 and standard deviation 1: twelve uniform numbers added up. */
  readonly normal: () => number;
}

/** A stream of numbers: 32-bit xorshift-multiply (mulberry32). */
export function seeded(seed: number): Seeded {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    between: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    logBetween: (low, high) => low * (high / low) ** next(),
    normal: () => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6),
  };
}
