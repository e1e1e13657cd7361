/** Nearest-rank percentile of values, `perMille` of 1000; 0 of none. */
export function percentile(values: readonly number[], perMille: number): number {
  const rank = Math.max(0, Math.ceil((values.length * perMille) / 1000) - 1);
  const above = values.length - 1 - rank;
  return above < FEW ? nthLargest(values, above) : (Float64Array.from(values).sort()[rank] ?? 0);
}

/** So many places from the top are found faster by going through the values than by sorting them. */
const FEW = 8;

/** The value with exactly `above` values before it, largest first; 0 of none. */
function nthLargest(values: readonly number[], above: number): number {
  const top: number[] = [];
  for (const value of values) {
    if (top.length > above && value <= (top[above] ?? 0)) continue;
    let at = Math.min(top.length, above);
    for (; at > 0 && (top[at - 1] ?? 0) < value; at -= 1) top[at] = top[at - 1] ?? 0;
    top[at] = value;
  }
  return top[above] ?? 0;
}
