import type { Series } from '../model/resource.ts';
import type { Subject } from '../model/rule.ts';
import type { Decimal } from '../money.ts';
import { type Source, seriesSource } from '../rules/reading/figures.ts';
import type { Specification } from '../rules/reading/instance.ts';
import { type MetricWindow, linesOf, readMetric } from '../rules/reading/metrics.ts';
import type { Reading } from '../rules/reading/verdicts.ts';
import { read } from '../rules/reading/verdicts.ts';
import { busiestDay } from './projection.ts';
import { DIMENSIONS, type Dimension, MEASURED, OTHER_PER_MILLE, demandOf } from './demand.ts';
import type { RightsizingLimits } from './presets.ts';

/** What an instance was measured to do: the windows, what each dimension asks for, and the mean CPU of its busiest day in percent. */
export interface Load {
  readonly cpu: MetricWindow;
  readonly series: Readonly<Partial<Record<Dimension, readonly Series[]>>>;
  /** What a type must offer of each measured dimension, headroom included. */
  readonly needs: ReadonlyMap<Dimension, Decimal>;
  readonly mean?: { readonly series: readonly Series[]; readonly busiestDay: Decimal };
}

/** Tenths of a percent of the CPU percentile. */
export const cpuPerMille = (limits: RightsizingLimits): number => Math.round(limits.cpuPercentile * 10);

/** Percent of a candidate's capacity that may be used; network and EBS may use all of the baseline, bursts not counted. */
export function limitPercent(dimension: Dimension, limits: RightsizingLimits): number {
  if (dimension === 'cpu') return 100 - limits.cpuHeadroom;
  return dimension === 'memory' ? 100 - limits.memoryHeadroom : 100;
}

/** Reads what was measured; only CPU must be there. */
export function readLoad(subject: Subject, now: Specification, limits: RightsizingLimits): Reading<Load> {
  const cpu = readMetric(subject, { namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Maximum', 'Average'] });
  if (!cpu.ok) return cpu;
  const series: Partial<Record<Dimension, readonly Series[]>> = { cpu: cpu.value.series };
  for (const dimension of DIMENSIONS.slice(1)) {
    const found = windowsOf(subject, dimension);
    if (found.length > 0) series[dimension] = found;
  }
  return read({ cpu: cpu.value, series, needs: needsOf(series, now, limits), ...meanOf(subject) });
}

function windowsOf(subject: Subject, dimension: Dimension): readonly Series[] {
  const isMemory = dimension === 'memory';
  return MEASURED[dimension].metrics.flatMap((metric) => {
    const window = readMetric(
      subject,
      isMemory
        ? { namespace: 'CWAgent', metric, stats: ['Maximum', 'Average'], dimensions: 'any' }
        : { namespace: 'AWS/EC2', metric, stats: ['Sum'] },
    );
    return window.ok ? window.value.series : [];
  });
}

function needsOf(
  series: Load['series'],
  now: Specification,
  limits: RightsizingLimits,
): ReadonlyMap<Dimension, Decimal> {
  return new Map(
    DIMENSIONS.flatMap((dimension): [Dimension, Decimal][] => {
      const found = series[dimension];
      if (found === undefined) return [];
      const has = dimension === 'cpu' ? now.vcpu : now.memoryGib;
      const perMille = dimension === 'cpu' ? cpuPerMille(limits) : OTHER_PER_MILLE;
      const asked = demandOf(dimension, linesOf(found.map(valueOf)), has, perMille);
      return [[dimension, asked.times(100).div(limitPercent(dimension, limits))]];
    }),
  );
}

function meanOf(subject: Subject): Pick<Load, 'mean'> {
  const window = readMetric(subject, { namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Average'] });
  if (!window.ok) return {};
  const { series } = window.value;
  return { mean: { series, busiestDay: busiestDay(series.map(valueOf)) } };
}

const valueOf = (series: Series): Source['value'] => seriesSource(series).value;
