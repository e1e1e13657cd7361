/** The middle of some numbers, the mean of the two middle ones when they are even in number; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = insertionSorted(values);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

/** A sorted copy; faster than the built-in sort for the few dozen days a window has. */
function insertionSorted(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values);
  for (let at = 1; at < sorted.length; at += 1) {
    const value = sorted[at] ?? 0;
    let to = at;
    for (; to > 0 && (sorted[to - 1] ?? 0) > value; to -= 1) sorted[to] = sorted[to - 1] ?? 0;
    sorted[to] = value;
  }
  return sorted;
}

/** What makes a median absolute deviation the standard deviation of normal noise: 1 / 0.6745 (Rousseeuw and Croux, 1993). */
const SIGMA_OF_MAD = 1.4826;

/** A standard deviation that single extremes do not move: the median absolute deviation from the median, scaled. */
export function robustDeviation(values: readonly number[]): number {
  const middle = median(values);
  return SIGMA_OF_MAD * median(values.map((value) => Math.abs(value - middle)));
}
