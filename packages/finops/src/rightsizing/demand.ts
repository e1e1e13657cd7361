import type { Cited, JsonValue } from '@infrafabric/protocol';
import { isJsonObject } from '@infrafabric/protocol';
import { Decimal, isCsvTable, parseDecimal } from '../money.ts';
import { byMetric } from '../rules/reading/metric-figures.ts';
import { type SeriesLine, linesOf, pointsOf, valuesOf } from '../rules/reading/metrics.ts';
import { percentile } from '../rules/reading/percentile.ts';

/** What an instance is measured by, and what a type offers. */
export const DIMENSIONS = ['cpu', 'memory', 'network', 'ebs_throughput', 'ebs_iops'] as const;

/** One of {@link DIMENSIONS}. */
export type Dimension = (typeof DIMENSIONS)[number];

/** The metrics of each dimension, and the field of the instance type table that says what a type offers of it. */
export const MEASURED: Readonly<Record<Dimension, { readonly metrics: readonly string[]; readonly field: string }>> = {
  cpu: { metrics: ['CPUUtilization'], field: 'vcpu' },
  memory: { metrics: ['mem_used_percent'], field: 'memory_gib' },
  network: { metrics: ['NetworkIn', 'NetworkOut'], field: 'network_baseline_gbps' },
  ebs_throughput: { metrics: ['EBSReadBytes', 'EBSWriteBytes'], field: 'ebs_baseline_throughput_mibps' },
  ebs_iops: { metrics: ['EBSReadOps', 'EBSWriteOps'], field: 'ebs_baseline_iops' },
};

/** The percentile of all but CPU, in tenths of a percent. Source: AWS Compute Optimizer, P99.5, read 2026-08-21. */
export const OTHER_PER_MILLE = 995;

const BITS_PER_GBIT = 8e-9;
const MIB = 1_048_576;

/** What a type offers of a dimension; `undefined` when the table does not say. */
export function capacityOf(type: JsonValue | Cited | undefined, dimension: Dimension): Decimal | undefined {
  if (type === undefined || !isPlain(type)) return undefined;
  const value = isJsonObject(type) ? type[MEASURED[dimension].field] : undefined;
  return value === undefined || value === null ? undefined : parseDecimal(value);
}

const isPlain = (value: JsonValue | Cited): value is JsonValue => !isCsvTable(value);

/**
 * What the metric lines of a dimension ask for at a percentile: vCPUs, GiB, Gbit/s, MiB/s or operations a second.
 *
 * CPU and memory are percentages of `now`; bytes and operations are sums a step, so peaks inside a step are not seen. The
 * larger direction of the network counts; reads and writes of a step come together.
 */
export function demandOf(dimension: Dimension, lines: readonly SeriesLine[], now: Decimal, perMille: number): Decimal {
  const at = (values: readonly number[]): Decimal => new Decimal(percentile(values, perMille));
  if (dimension === 'cpu' || dimension === 'memory') return at(valuesOf(lines)).times(now).div(100);
  const metrics = byMetric(lines);
  if (dimension === 'network') {
    // A rate grows with its sum, so the rate at the percentile is that of the sum there.
    const rates = metrics.map((group) => percentile(valuesOf(group), perMille) / secondsOf(group));
    return new Decimal(Math.max(0, ...rates)).times(BITS_PER_GBIT);
  }
  const together = new Map<number, number>();
  for (const group of metrics) {
    for (const [ms, rate] of ratesOf(group)) together.set(ms, (together.get(ms) ?? 0) + rate);
  }
  const rate = at([...together.values()]);
  return dimension === 'ebs_throughput' ? rate.div(MIB) : rate;
}

/** By step, the rate a second of sums. */
function ratesOf(lines: readonly SeriesLine[]): Map<number, number> {
  const seconds = secondsOf(lines);
  return new Map(pointsOf(lines).map(({ atMs, value }) => [atMs, value / seconds]));
}

const secondsOf = (lines: readonly SeriesLine[]): number => Math.max(1, ...lines.map((line) => line.period_seconds));

/** The cited metric lines of one dimension among many. */
export function linesFor(dimension: Dimension, cited: readonly Cited[]): readonly SeriesLine[] {
  return cited.length === 0 ? [] : linesOf(cited).filter((line) => MEASURED[dimension].metrics.includes(line.metric));
}
