import { notImplemented } from '../engine/fault.ts';
import type { Datum } from './metric-table.ts';

/** One statistic over the data of one period; there is at least one datum. */
export type Statistic = (data: readonly Datum[]) => number;

const STATISTICS: Readonly<Record<string, Statistic>> = {
  Sum: (data) => total(data, 'sum'),
  SampleCount: (data) => total(data, 'samples'),
  Average: (data) => total(data, 'sum') / total(data, 'samples'),
  Minimum: (data) => Math.min(...data.map((datum) => datum.minimum)),
  Maximum: (data) => Math.max(...data.map((datum) => datum.maximum)),
};

/** The statistic of that name. @throws AwsFault `NotImplemented` for percentiles and the other extended statistics. */
export function statisticOf(name: string): Statistic {
  const statistic = Object.hasOwn(STATISTICS, name) ? STATISTICS[name] : undefined;
  if (statistic === undefined) throw notImplemented(`the statistic ${name}`);
  return statistic;
}

function total(data: readonly Datum[], member: 'sum' | 'samples'): number {
  return data.reduce((sum, datum) => sum + datum[member], 0);
}
