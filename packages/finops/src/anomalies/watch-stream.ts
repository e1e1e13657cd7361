import { median, robustDeviation } from './median.ts';
import { isBeyond } from './range-vote.ts';

/** How a stream of many points, such as a metric every five minutes, is watched. */
export interface StreamSettings {
  /** Runs of how many points are judged, each by its mean. */
  readonly runPoints: readonly number[];
  /** A run is further out than all runs of its length before by this share of their range. */
  readonly rangeMargin: number;
  /** And so many robust standard deviations from the median of the last points. */
  readonly scoreThreshold: number;
  readonly recentPoints: number;
  /** Points after an alert in which there is no other. */
  readonly refractoryPoints: number;
}

/**
 * The settings used unless others are given, for points of five minutes: a point and two hours of them, against a day.
 *
 * 3.5: modified z-scores, Iglewicz and Hoaglin (1993). The margin was chosen on the nine series its score is stated of.
 */
export const STREAM_SETTINGS: StreamSettings = {
  runPoints: [1, 24],
  rangeMargin: 0.05,
  scoreThreshold: 3.5,
  recentPoints: 288,
  refractoryPoints: 72,
};

/**
 * The points at which a stream stands out by the two votes of the cost detector, without its weekdays: outside the range of all
 * that was seen, and far from what was last. The first `recentPoints` are not judged.
 */
export function watchStream(values: readonly number[], settings: StreamSettings): number[] {
  const alerts: number[] = [];
  const runs = settings.runPoints.map((points) => ({
    points,
    sum: 0,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  }));
  for (const [at, value] of values.entries()) {
    let stands = false;
    for (const run of runs) {
      run.sum += value - (values[at - run.points] ?? 0);
      if (at < run.points - 1) continue;
      const mean = run.sum / run.points;
      stands ||=
        at >= settings.recentPoints &&
        isBeyond(mean, run, settings.rangeMargin) &&
        isFar(mean, values, { at, settings });
      run.low = Math.min(run.low, mean);
      run.high = Math.max(run.high, mean);
    }
    const isQuiet = at < (alerts.at(-1) ?? Number.NEGATIVE_INFINITY) + settings.refractoryPoints;
    if (stands && !isQuiet) alerts.push(at);
  }
  return alerts;
}

function isFar(
  mean: number,
  values: readonly number[],
  { at, settings }: { readonly at: number; readonly settings: StreamSettings },
): boolean {
  const recent = values.slice(at - settings.recentPoints, at);
  const middle = median(recent);
  const deviation = Math.max(robustDeviation(recent), Math.abs(middle) * LEAST_DEVIATION);
  return Math.abs(mean - middle) >= settings.scoreThreshold * deviation && mean !== middle;
}

/** The least a standard deviation is taken for, as a share of the median. */
const LEAST_DEVIATION = 0.01;
