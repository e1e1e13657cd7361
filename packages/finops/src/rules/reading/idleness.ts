import type { FigureRequest, Subject } from '../../model/rule.ts';
import { type FigureSpec, figure, seriesSource } from './figures.ts';
import { metricDays } from './metric-figures.ts';
import { type MetricSpec, readMetric } from './metrics.ts';
import { OK, type Reading, read, stop } from './verdicts.ts';

/** How the use of a resource is measured, and how much of it is too much to be idle. */
export interface Use {
  /** Every one must cover its window. */
  readonly metrics: readonly MetricSpec[];
  /** The total or the peak of all their lines together. */
  readonly measure: Omit<FigureSpec, 'from'>;
  /** Least measured use that is not idle, in the unit of the measure; default: anything above 0. */
  readonly busyFrom?: number;
}

/** What says that a resource is idle. */
export interface Idleness {
  readonly measured: FigureRequest;
  /** The days the metrics cover, as `{days}`. */
  readonly days: FigureRequest;
  /** The statistic found for the first metric. */
  readonly stat: string;
}

/** Reads that a resource was not used; OK when it was, UNKNOWN NO_METRICS or METRICS_INCOMPLETE when the metrics cannot say. */
export function readIdleness(subject: Subject, use: Use): Reading<Idleness> {
  const windows = [];
  for (const spec of use.metrics) {
    const found = readMetric(subject, spec);
    if (!found.ok) return found;
    windows.push(found.value);
  }
  const from = windows.flatMap((one) => one.series.map(seriesSource));
  const measured = figure({ ...use.measure, from });
  const isBusy =
    use.busyFrom === undefined ? measured.value.greaterThan(0) : measured.value.greaterThanOrEqualTo(use.busyFrom);
  if (isBusy) return stop(OK);
  const days = figure({ name: 'days', unit: 'days', derivation: metricDays, from });
  return read({ measured: measured.request, days: days.request, stat: windows[0]?.stat ?? '' });
}
