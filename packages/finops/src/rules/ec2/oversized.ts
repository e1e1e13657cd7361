import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { FigureRequest, Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatDecimal, citedDecimal } from '../../money.ts';
import { monthOfDifference, monthOfHours } from '../reading/derivations.ts';
import {
  citationsOf,
  entrySource,
  figure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import {
  Instance,
  type Specification,
  linuxPriceKey,
  readSpecification,
  specificationOf,
  withoutLinuxPrice,
} from '../reading/instance.ts';
import { UNDERUSED_CPU } from '../reading/idle-profiles.ts';
import { metricMean, metricPercentile } from '../reading/metric-figures.ts';
import { type MetricWindow, linesOf, percentile, valuesOf, readMetric } from '../reading/metrics.ts';
import { priceDates } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { smallerSizes } from '../reading/type-names.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const PROJECTED: Threshold = {
  name: 'EC2_PROJECTED_UTILISATION',
  value: 80,
  unit: '%',
  source: 'AWS Compute Optimizer default preference: P99.5 with 20 % headroom, read 2026-08-21',
};

/** The percentile of the preset, in tenths of a percent. Source: AWS Compute Optimizer, default CPU preset P99.5, read 2026-08-21. */
const PER_MILLE = 995;

/** Confidence of a finding whose memory nobody measured. Own choice: below one half, so it stays out of a headline. */
const UNMEASURED_MEMORY = '0.40';

/** Monthly on-demand list cost of the instance. */
export const ec2OversizedListCost = monthOfHours('ec2-oversized-list-cost');

/** Monthly difference of the two on-demand list prices. */
export const ec2OversizedListSaving = monthOfDifference('ec2-oversized-list-saving');

const Projection = z.object({ field: z.enum(['vcpu', 'memory_gib']), per_mille: z.int() });

/**
 * Utilisation after the move: the percentile of the cited series times what the type has over what the next one has.
 *
 * Cited: the two types, then the metric lines; `field` is `vcpu` or `memory_gib`.
 */
export const ec2OversizedProjected = defineDerivation({
  package: 'finops',
  name: 'ec2-oversized-projected',
  version: 1,
  compute: (cited, params) => {
    const { field, per_mille } = Projection.parse(params);
    const used = percentile(valuesOf(linesOf(cited.slice(2))), per_mille);
    const ratio = citedDecimal(cited, 0, `/${field}`).div(citedDecimal(cited, 1, `/${field}`));
    return formatDecimal(ratio.times(used), 1);
  },
});

/** A running instance that fits the next smaller size of its family, by CPU and, where measured, by memory. */
export const ec2Oversized = defineRule({
  id: 'ec2-oversized',
  ref: 'EC2-02',
  role: 'rightsizing',
  service: 'ec2',
  title: 'Instance larger than its load needs',
  appliesTo: 'Ec2Instance',
  reads: [],
  actionType: 'Rightsize',
  step: 'rightsize',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: true,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeInstances InstanceType, PlatformDetails, Placement',
    'AWS/EC2 CPUUtilization, CWAgent mem_used_percent',
    'instance type table: vCPU, memory',
    'Linux prices of both types',
  ],
  formula:
    '(price now - price of the smallest size of the family whose projected p99.5 stays below the threshold) x 730',
  implementation: [
    'Check memory with the CloudWatch agent when the finding says it was not measured.',
    'Stop the instance, change its type, start it.',
    'Watch CPU, memory and latency for a week.',
  ],
  rollback: 'Stop the instance and change the type back.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html',
  thresholds: [PROJECTED, UNDERUSED_CPU],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/rightsizing-preferences.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html',
  ],
  derivations: [ec2OversizedListCost, ec2OversizedListSaving, ec2OversizedProjected, metricMean, metricPercentile],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Instance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  if (instance.State.Name !== 'running') return OK;
  const cpu = readMetric(subject, { namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Maximum', 'Average'] });
  if (!cpu.ok) return cpu.verdict;
  const specification = readSpecification(subject, instance.InstanceType);
  if (!specification.ok) return specification.verdict;
  const now = specification.value;
  const next = smallerSizes(now.name)
    .map((name) => specificationOf(subject, name))
    .find((one) => one !== undefined);
  if (next === undefined || !next.gpus.equals(now.gpus)) return OK;
  if (now.isBurstable) {
    return unknown('NO_SPECIFICATION', 'CPU credit baselines of burstable types are not in the instance type table.');
  }
  const load = projected(subject, cpu.value, [now, next], 'vcpu');
  if (load.value.greaterThan(limitOf(subject, PROJECTED))) return OK;
  return fitMemory(subject, instance, { now, next, cpu: cpu.value, load: load.request });
}

interface Fit {
  readonly now: Specification;
  readonly next: Specification;
  readonly cpu: MetricWindow;
  readonly load: FigureRequest;
}

function projected(
  subject: Subject,
  metric: MetricWindow,
  [now, next]: readonly [Specification, Specification],
  field: 'vcpu' | 'memory_gib',
): ReturnType<typeof figure> {
  return figure({
    name: field === 'vcpu' ? 'projected_cpu' : 'projected_memory',
    unit: '%',
    derivation: ec2OversizedProjected,
    from: [entrySource(now.entry), entrySource(next.entry), ...metric.series.map(seriesSource)],
    params: { field, per_mille: PER_MILLE },
  });
}

/** Memory decides as CPU does when it is measured; when it is not, the finding says so and is not believed much. */
function fitMemory(subject: Subject, instance: Instance, fit: Fit): Verdict {
  const spec = {
    namespace: 'CWAgent',
    metric: 'mem_used_percent',
    stats: ['Maximum', 'Average'],
    dimensions: 'any',
  } as const;
  const memory = readMetric(subject, spec);
  if (!memory.ok) return finding(subject, instance, fit, undefined);
  const load = projected(subject, memory.value, [fit.now, fit.next], 'memory_gib');
  if (load.value.greaterThan(limitOf(subject, PROJECTED))) return OK;
  return finding(subject, instance, fit, load.request);
}

function finding(subject: Subject, instance: Instance, fit: Fit, memory: FigureRequest | undefined): Verdict {
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const keys = [fit.now, fit.next].map((one) => linuxPriceKey(subject.resource.region, one.name));
  const prices = readPrices(subject, keys);
  if (!prices.ok) return prices.verdict;
  const item = itemSource(subject);
  const [old, next] = prices.value.map(entrySource);
  if (old === undefined || next === undefined) return OK;
  const saving = listSaving({ derivation: ec2OversizedListSaving, from: [item, old, next] });
  if (!saving.value.greaterThan(0)) return OK;
  const mean = underusedMean(subject);
  const used = figure({
    name: 'cpu_p995',
    unit: '%',
    derivation: metricPercentile,
    from: fit.cpu.series.map(seriesSource),
    params: { per_mille: PER_MILLE },
  });
  return {
    verdict: 'FINDING',
    statement:
      `The ${fit.now.name} uses {cpu_p995} of its CPU at the 99.5th percentile of ${fit.cpu.stat.toLowerCase()} values; ` +
      `on ${fit.next.name} that is {projected_cpu}${memoryNote(memory)}, and it costs {list_saving} less ` +
      `at list prices of ${priceDates(prices.value)}.${mean === undefined ? '' : ' With a mean CPU of {cpu_mean} profile classic calls it underused.'}`,
    figures: [used.request, fit.load, ...(memory === undefined ? [] : [memory]), ...(mean === undefined ? [] : [mean])],
    listCost: listCost({ derivation: ec2OversizedListCost, from: [item, old] }).request,
    listSaving: saving.request,
    citations: citationsOf([item]),
    confidence: memory === undefined ? UNMEASURED_MEMORY : '0.80',
    target: { instance_type: fit.next.name },
  };
}

/** The mean CPU where profile `classic` calls the instance underused. */
function underusedMean(subject: Subject): FigureRequest | undefined {
  const cpu = readMetric(subject, { namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Average'] });
  if (!cpu.ok) return undefined;
  const from = cpu.value.series.map(seriesSource);
  const mean = figure({ name: 'cpu_mean', unit: '%', derivation: metricMean, from });
  return mean.value.lessThan(limitOf(subject, UNDERUSED_CPU)) ? mean.request : undefined;
}

const memoryNote = (memory: FigureRequest | undefined): string =>
  memory === undefined
    ? ' (memory was not measured: install the CloudWatch agent before acting)'
    : ' and its memory {projected_memory}';
