import { chance } from './chance.ts';
import type { MetricSeries, Region } from './sample.ts';

/** First hour of the metrics; fourteen days follow. */
export const METRICS_START = '2026-11-06T00:00:00Z';

/** When the metrics end, and the estate was read. */
export const METRICS_END = '2026-11-20T00:00:00Z';

/** Hours of the metrics: fourteen days. */
export const METRICS_HOURS = 336;

/** How busy an hour of the day is, in percent of the busiest (UTC; the users are on the American east coast). */
const DAY_SHAPE = [30, 26, 22, 20, 19, 20, 22, 26, 30, 36, 46, 58, 72, 84, 92, 97, 100, 98, 95, 90, 80, 66, 50, 38];

/** How busy a weekday is, in percent, from Friday 2026-11-06 on. */
const WEEK_SHAPE = [96, 62, 58, 100, 100, 98, 97];

/** What the values of a series are about. */
export type Named = Pick<MetricSeries, 'region' | 'namespace' | 'metric' | 'dimensions' | 'stat'>;

/** A series that follows the working day between `low` and `high`, with `places` decimals and a tenth of noise. */
export function daily(named: Named, [low, high]: readonly [number, number], places = 0): MetricSeries {
  const { whole } = chance(keyOf(named));
  const unit = 10 ** places;
  const values = Array.from({ length: METRICS_HOURS }, (_, hour) => {
    const busy = (DAY_SHAPE[hour % 24] ?? 0) * (WEEK_SHAPE[Math.floor(hour / 24) % 7] ?? 0);
    const scaled = low * unit + Math.floor(((high - low) * unit * busy) / 10_000);
    const noise = Math.floor((scaled * whole(-100, 100)) / 1000);
    return Math.min(high * unit, Math.max(low * unit, Math.floor(scaled) + noise)) / unit;
  });
  return { ...named, values };
}

/** A series of whole numbers from `low` to `high` that follows nothing. */
export function flat(named: Named, [low, high]: readonly [number, number], places = 0): MetricSeries {
  const { whole } = chance(keyOf(named));
  const unit = 10 ** places;
  return { ...named, values: Array.from({ length: METRICS_HOURS }, () => whole(low * unit, high * unit) / unit) };
}

/** Reads and writes of a volume an hour; with `mibps`, also its bytes, at most that many MiB a second each way. */
export function volumeSeries(region: Region, volumeId: string, opsAnHour: number, mibps?: number): MetricSeries[] {
  const named = (metric: string): Named => ({
    region,
    namespace: 'AWS/EBS',
    metric,
    dimensions: { VolumeId: volumeId },
    stat: 'Sum',
  });
  const operations = ['VolumeReadOps', 'VolumeWriteOps'].map((metric) => daily(named(metric), [0, opsAnHour]));
  if (mibps === undefined) return operations;
  const most = mibps * 3600 * 1024 * 1024;
  return [...operations, ...['VolumeReadBytes', 'VolumeWriteBytes'].map((metric) => daily(named(metric), [0, most]))];
}

const keyOf = ({ metric, stat, dimensions }: Named): string => `${metric} ${stat} ${JSON.stringify(dimensions)}`;
