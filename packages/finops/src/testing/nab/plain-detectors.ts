/** The points more than so many standard deviations from the mean of the points before, after as many quiet ones as ours has. */
export function rollingZScore(
  values: readonly number[],
  {
    points,
    threshold,
    refractory,
  }: { readonly points: number; readonly threshold: number; readonly refractory: number },
): number[] {
  const alerts: number[] = [];
  for (let at = points; at < values.length; at += 1) {
    if (at < (alerts.at(-1) ?? Number.NEGATIVE_INFINITY) + refractory) continue;
    const window = values.slice(at - points, at);
    const mean = window.reduce((sum, value) => sum + value, 0) / points;
    const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / points);
    if (deviation > 0 && Math.abs((values[at] ?? 0) - mean) >= threshold * deviation) alerts.push(at);
  }
  return alerts;
}

/** The points more than 20 % from the one before. */
export function pointOverPoint(values: readonly number[]): number[] {
  return values.flatMap((value, at) => {
    const before = values[at - 1];
    return before === undefined || Math.abs(value - before) <= 0.2 * Math.abs(before) ? [] : [at];
  });
}
