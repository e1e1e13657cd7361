import { type Cited, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import { FinopsError } from '../errors.ts';
import { Decimal, citedDecimal, formatDecimal, parseDecimal } from '../money.ts';
import { largestMean } from '../number-sums.ts';
import { linesOf, valuesByDay } from '../rules/reading/metrics.ts';
import { DIMENSIONS, type Dimension, OTHER_PER_MILLE, capacityOf, demandOf, linesFor } from './demand.ts';

/** Projected utilisation up to which a move is without risk, percent, and the percent a step of risk takes: own choice. */
const SAFE_PERCENT = 50;
const PERCENT_A_STEP = 12.5;

/** Largest performance risk, as AWS Compute Optimizer grades it (0 to 4), read 2026-08-21. */
const WORST = 4;

const Of = z.object({ dimension: z.enum(DIMENSIONS), per_mille: z.int() });
const Risk = z.object({ cpu_per_mille: z.int() });

/** Projected use of network or EBS in percent of a type's baseline: cited = the type now, the candidate, the metric lines. */
export const rightsizingProjected = defineDerivation({
  package: 'finops',
  name: 'rightsizing-projected',
  version: 1,
  compute: (cited, params) => {
    const { dimension, per_mille } = Of.parse(params);
    return formatDecimal(projected(cited, dimension, per_mille) ?? fail(dimension), 1);
  },
});

/**
 * Performance risk 0 to 4 of a move: (projected utilisation - 50) / 12.5 of the worst measured dimension, at least 0, at most 4.
 *
 * Cited as {@link rightsizingProjected}, with the lines of every measured dimension.
 */
export const performanceRisk = defineDerivation({
  package: 'finops',
  name: 'performance-risk',
  version: 1,
  compute: (cited, params) => {
    const { cpu_per_mille } = Risk.parse(params);
    const perMille = (one: Dimension): number => (one === 'cpu' ? cpu_per_mille : OTHER_PER_MILLE);
    const worst = Decimal.max(0, ...DIMENSIONS.flatMap((one) => projected(cited, one, perMille(one)) ?? []));
    return formatDecimal(Decimal.max(0, Decimal.min(WORST, worst.minus(SAFE_PERCENT).div(PERCENT_A_STEP))), 1);
  },
});

/** A limit of a preset, as the report repeats it: params `value` in percent, `preset` its name. Cites nothing. */
export const rightsizingLimit = defineDerivation({
  package: 'finops',
  name: 'rightsizing-limit',
  version: 1,
  compute: (_, params) => formatDecimal(parseDecimal(params['value'])),
});

/** Mean CPU of the busiest UTC day in percent of the candidate's vCPUs: cited = the type now, the candidate, lines of means. */
export const burstNeed = defineDerivation({
  package: 'finops',
  name: 'burst-need',
  version: 1,
  compute: (cited) => {
    const vcpus = citedDecimal(cited, 0, '/vcpu').div(citedDecimal(cited, 1, '/vcpu'));
    return formatDecimal(busiestDay(cited.slice(2)).times(vcpus), 1);
  },
});

/** Mean of the busiest UTC day of metric lines. */
export const busiestDay = (cited: readonly Cited[]): Decimal => largestMean(valuesByDay([linesOf(cited)]));

function projected(cited: readonly Cited[], dimension: Dimension, perMille: number): Decimal | undefined {
  const lines = linesFor(dimension, cited.slice(2));
  const capacity = capacityOf(cited[1], dimension);
  if (lines.length === 0 || capacity === undefined) return undefined;
  const now = capacityOf(cited[0], dimension) ?? new Decimal(0);
  return demandOf(dimension, lines, now, perMille).times(100).div(capacity);
}

function fail(dimension: Dimension): never {
  throw new FinopsError('CITED_VALUE_MISSING', {
    message: `expected metric lines of ${dimension} and a type that states its baseline, got none`,
  });
}
