import { Decimal } from '../../money.ts';
import { byMetric } from './metric-figures.ts';
import { type SeriesLine, pointsOf } from './metrics.ts';

/** Largest sum over the metrics of lines in one step: reads and writes that may come together; 0 of none. */
export function peakOf(lines: readonly SeriesLine[]): Decimal {
  const perStep = new Map<number, number>();
  for (const group of byMetric(lines)) {
    for (const { atMs, value } of pointsOf(group)) perStep.set(atMs, (perStep.get(atMs) ?? 0) + value);
  }
  return new Decimal(Math.max(0, ...perStep.values()));
}
