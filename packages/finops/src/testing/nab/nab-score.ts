/** A window of a series in which something was labelled to happen: indexes of its first and last point. */
export interface LabelledWindow {
  readonly first: number;
  readonly last: number;
}

/** What a hit, a false alert and a miss weigh. */
export interface NabProfile {
  readonly tpWeight: number;
  readonly fpWeight: number;
  readonly fnWeight: number;
}

/** A series as the benchmark scores it: how long it is, its windows, and the points a detector raised. */
export interface NabSeries {
  readonly length: number;
  readonly windows: readonly LabelledWindow[];
  readonly alerts: readonly number[];
}

/**
 * The score of a detector on some series by the formula of the Numenta Anomaly Benchmark: 0 is a detector that says nothing, 100
 * one that raises the first point of every window and nothing else.
 *
 * A window counts its best alert, the earlier the better: the scaled sigmoid 2 / (1 + e^(5 y)) - 1 of the place y from -1 (first
 * point) to 0 (last), over its value at -1. An alert outside counts the same sigmoid of its distance behind the window before it,
 * in windows, at worst and before any window -1, times the weight of false alerts. A window without an alert counts minus the
 * weight of misses. The first 15 % of a series, at most 750 points, are not scored.
 * Source: Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms: the Numenta Anomaly Benchmark" (2015), and
 * numenta/NAB nab/sweeper.py, read 2026-11.
 */
export function nabScore(series: readonly NabSeries[], profile: NabProfile): number {
  const windows = series.reduce((sum, one) => sum + one.windows.length, 0);
  const raw = series.reduce((sum, one) => sum + rawScore(one, profile), 0);
  const silent = -windows * profile.fnWeight;
  return (100 * (raw - silent)) / (windows * profile.tpWeight - silent);
}

/** Points of a series that are not scored. */
export const probation = (length: number): number => Math.min(Math.floor(length * 0.15), 750);

function rawScore({ length, windows, alerts }: NabSeries, { tpWeight, fpWeight, fnWeight }: NabProfile): number {
  const best = windows.map(() => -fnWeight);
  let outside = 0;
  for (const at of alerts) {
    if (at < probation(length)) continue;
    const inside = windows.findIndex(({ first, last }) => at >= first && at <= last);
    const window = windows[inside];
    if (window === undefined) outside += fpWeight * sigmoidBehind(windows, at);
    else best[inside] = Math.max(best[inside] ?? 0, (tpWeight * sigmoid(placeIn(window, at))) / sigmoid(-1));
  }
  return best.reduce((sum, score) => sum + score, outside);
}

const placeIn = ({ first, last }: LabelledWindow, at: number): number => -(last - at + 1) / (last - first + 1);

function sigmoidBehind(windows: readonly LabelledWindow[], at: number): number {
  const before = windows.findLast(({ last }) => last < at);
  return before === undefined ? -1 : sigmoid((at - before.last) / (before.last - before.first));
}

const sigmoid = (place: number): number => (place > 3 ? -1 : 2 / (1 + Math.exp(5 * place)) - 1);
