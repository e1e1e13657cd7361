import { type Cited, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import { Decimal, formatDecimal, sum } from '../../money.ts';
import { type SeriesLine, daysOf, linesOf, percentile, pointsOf } from './metrics.ts';

const DAY_MS = 86_400_000;

/** Days the cited metric lines cover, to two decimals. */
export const metricDays = defineDerivation({
  package: 'finops',
  name: 'metric-days',
  version: 1,
  compute: (cited) => formatDecimal(daysOf(linesOf(cited)), 2),
});

/** Largest value of the cited metric lines. */
export const metricMax = defineDerivation({
  package: 'finops',
  name: 'metric-max',
  version: 1,
  compute: (cited) => formatDecimal(new Decimal(Math.max(0, ...valuesOf(cited))), 4),
});

/** Nearest-rank percentile `per_mille` of the cited metric lines. */
export const metricPercentile = defineDerivation({
  package: 'finops',
  name: 'metric-percentile',
  version: 1,
  compute: (cited, params) => {
    const { per_mille } = z.object({ per_mille: z.int().min(1).max(1000) }).parse(params);
    return formatDecimal(new Decimal(percentile(valuesOf(cited), per_mille)), 4);
  },
});

/** Sum of all values of the cited metric lines. */
export const metricTotal = defineDerivation({
  package: 'finops',
  name: 'metric-total',
  version: 1,
  compute: (cited) => formatDecimal(totalOf(linesOf(cited)), 4),
});

/** Largest total of a UTC day over all metrics of the cited lines together, divided by `per` (1000000 for MB). */
export const metricMaxPerDay = defineDerivation({
  package: 'finops',
  name: 'metric-max-per-day',
  version: 1,
  compute: (cited, params) => {
    const { per } = z.object({ per: z.int().positive() }).parse(params);
    const days = new Map<number, Decimal>();
    for (const lines of byMetric(linesOf(cited))) {
      for (const { atMs, value } of pointsOf(lines)) {
        const day = Math.floor(atMs / DAY_MS);
        days.set(day, (days.get(day) ?? new Decimal(0)).plus(value));
      }
    }
    return formatDecimal(Decimal.max(0, ...days.values()).div(per), 4);
  },
});

/** Sum of all values of lines; steps two lines share count once per metric. */
export const totalOf = (lines: readonly SeriesLine[]): Decimal =>
  sum(byMetric(lines).flatMap((group) => pointsOf(group).map((point) => new Decimal(point.value))));

/** Lines grouped by metric name, in order of first appearance. */
export const byMetric = (lines: readonly SeriesLine[]): SeriesLine[][] => [
  ...Map.groupBy(lines, (line) => line.metric).values(),
];

const valuesOf = (cited: readonly Cited[]): number[] => pointsOf(linesOf(cited)).map((point) => point.value);
