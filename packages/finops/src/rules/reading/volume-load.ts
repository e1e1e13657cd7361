import type { Cited } from '@infrafabric/protocol';
import type { Series } from '../../model/resource.ts';
import type { Subject } from '../../model/rule.ts';
import { Decimal } from '../../money.ts';
import { type SeriesLine, linesOf, pointsOf, readMetric } from './metrics.ts';
import { percentile } from './percentile.ts';

/** The percentile sized for, in tenths of a percent. Source: AWS Compute Optimizer, default preset P99.5, read 2026-08-21. */
const PER_MILLE = 995;

/** Longest step whose mean can stand for a rate, seconds. Own choice: AWS keeps hourly data for 455 days. */
const MAX_PERIOD_SECONDS = 3600;

/** What was measured of a volume: lines of read and write operations, and of read and written bytes; empty = not measured well enough. */
export interface VolumeLoad {
  readonly operations: readonly Series[];
  readonly bytes: readonly Series[];
}

/** The measured load of the subject, a volume, where both directions cover the look-back. */
export function readVolumeLoad(subject: Subject): VolumeLoad {
  return {
    operations: both(subject, ['VolumeReadOps', 'VolumeWriteOps']),
    bytes: both(subject, ['VolumeReadBytes', 'VolumeWriteBytes']),
  };
}

/** Operations a second at the 99.5th percentile of the cited lines, reads and writes together; the mean of each step. */
export const peakIops = (cited: readonly Cited[]): Decimal => peakRate(cited, ['VolumeReadOps', 'VolumeWriteOps']);

/** MiB a second at the 99.5th percentile of the cited lines, reads and writes together; the mean of each step. */
export const peakMibps = (cited: readonly Cited[]): Decimal =>
  peakRate(cited, ['VolumeReadBytes', 'VolumeWriteBytes']).div(1024 * 1024);

function both(subject: Subject, metrics: readonly string[]): readonly Series[] {
  const found = metrics.map((metric) =>
    readMetric(subject, {
      namespace: 'AWS/EBS',
      metric,
      stats: ['Sum'],
      maxPeriodSeconds: MAX_PERIOD_SECONDS,
    }),
  );
  return found.every((one) => one.ok) ? found.flatMap((one) => (one.ok ? one.value.series : [])) : [];
}

function peakRate(cited: readonly Cited[], metrics: readonly string[]): Decimal {
  const lines = linesOf(cited).filter((line) => metrics.includes(line.metric));
  const [first, second, ...more] = metrics.flatMap((metric) => lines.filter((line) => line.metric === metric));
  const isAligned = first !== undefined && second !== undefined && more.length === 0 && isSideBySide(first, second);
  const rates = isAligned ? sumOfRates(first, second) : sumOfSteps(lines, metrics);
  return new Decimal(percentile(rates, PER_MILLE));
}

/** Whether two lines are of two metrics and speak about the same steps, as all of one collection do. */
function isSideBySide(one: SeriesLine, other: SeriesLine): boolean {
  const isSameWindow = one.start === other.start && one.values.length === other.values.length;
  return isSameWindow && one.period_seconds === other.period_seconds && one.metric !== other.metric;
}

function sumOfRates({ values, period_seconds: step }: SeriesLine, { values: others }: SeriesLine): number[] {
  const rates: number[] = [];
  for (const [index, value] of values.entries()) {
    const other = others[index] ?? null;
    if (value !== null || other !== null) rates.push((value ?? 0) / step + (other ?? 0) / step);
  }
  return rates;
}

function sumOfSteps(lines: readonly SeriesLine[], metrics: readonly string[]): number[] {
  const perStep = new Map<number, number>();
  for (const metric of metrics) {
    for (const [atMs, rate] of ratesOf(lines.filter((line) => line.metric === metric))) {
      perStep.set(atMs, (perStep.get(atMs) ?? 0) + rate);
    }
  }
  return [...perStep.values()];
}

/** Rate a second of each step of the lines of one metric. */
function ratesOf(lines: readonly SeriesLine[]): [number, number][] {
  const step = lines[0]?.period_seconds ?? 1;
  return pointsOf(lines).map((point) => [point.atMs, point.value / step]);
}
