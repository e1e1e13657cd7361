import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import { Decimal, formatDecimal } from '../../money.ts';
import { formatMean, largestSum, sumOfNumbers } from '../../number-sums.ts';
import { type SeriesLine, daysOf, linesOf, valuesByDay, valuesOf } from './metrics.ts';
import { percentile } from './percentile.ts';

const PerMille = z.object({ per_mille: z.int().min(1).max(1000) });

const Per = z.object({ per: z.int().positive() });

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
  compute: (cited) => formatDecimal(new Decimal(Math.max(0, ...valuesOf(linesOf(cited)))), 4),
});

/** Mean of the values of the cited metric lines, to four decimals. */
export const metricMean = defineDerivation({
  package: 'finops',
  name: 'metric-mean',
  version: 1,
  compute: (cited) => formatMean(valuesOf(linesOf(cited)), 4),
});

/** Nearest-rank percentile `per_mille` of the cited metric lines. */
export const metricPercentile = defineDerivation({
  package: 'finops',
  name: 'metric-percentile',
  version: 1,
  compute: (cited, params) => {
    const { per_mille } = PerMille.parse(params);
    return formatDecimal(new Decimal(percentile(valuesOf(linesOf(cited)), per_mille)), 4);
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
    const { per } = Per.parse(params);
    return formatDecimal(largestSum(valuesByDay(byMetric(linesOf(cited)))).div(per), 4);
  },
});

/** Sum of all values of lines; steps two lines share count once per metric. */
export const totalOf = (lines: readonly SeriesLine[]): Decimal => sumOfNumbers(byMetric(lines).flatMap(valuesOf));

/** Lines grouped by metric name, in order of first appearance. */
export const byMetric = (lines: readonly SeriesLine[]): SeriesLine[][] => [
  ...Map.groupBy(lines, (line) => line.metric).values(),
];
