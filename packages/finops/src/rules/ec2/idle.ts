import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfHours } from '../reading/derivations.ts';
import {
  citationsOf,
  figure,
  itemSource,
  entrySource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { Instance, linuxPriceKey, withoutLinuxPrice } from '../reading/instance.ts';
import { metricDays, metricMax, metricMaxPerDay } from '../reading/metric-figures.ts';
import { type MetricWindow, readMetric } from '../reading/metrics.ts';
import { priceDates } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices } from '../reading/verdicts.ts';

const CPU: Threshold = {
  name: 'AWS_IDLE_CPU_THRESHOLD',
  value: 5,
  unit: '% CPU',
  source: 'AWS Compute Optimizer, idle EC2 instances: peak CPU below 5 % over 14 days, read 2026-08-21',
};

const NETWORK: Threshold = {
  name: 'EC2_IDLE_NETWORK_MB_PER_DAY',
  value: 5,
  unit: 'MB/day',
  source: 'AWS Compute Optimizer, idle EC2 instances: network I/O below 5 MB a day over 14 days, read 2026-08-21',
};

/** Bytes in the MB of the threshold; the decimal one, which flags less than the binary one. */
const MB = 1_000_000;

/** Monthly on-demand list cost of the instance. */
export const ec2IdleListCost = monthOfHours('ec2-idle-list-cost');

/** Stopping saves the whole instance price; volumes and addresses stay. */
export const ec2IdleListSaving = monthOfHours('ec2-idle-list-saving');

/** A running instance that neither computes nor talks. */
export const ec2Idle = defineRule({
  id: 'ec2-idle',
  ref: 'EC2-01',
  role: 'rightsizing',
  service: 'ec2',
  title: 'Idle instance',
  appliesTo: 'Ec2Instance',
  reads: [],
  actionType: 'Stop',
  step: 'terminate',
  severity: 7,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: true,
  rollbackPossible: true,
  thresholds: [CPU, NETWORK],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
  ],
  derivations: [ec2IdleListCost, ec2IdleListSaving, metricMax, metricMaxPerDay, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Instance, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.State.Name !== 'running') return OK;
  const cpu = readMetric(subject, { namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Maximum', 'Average'] });
  if (!cpu.ok) return cpu.verdict;
  const busiest = figure({
    name: 'cpu_max',
    unit: '%',
    derivation: metricMax,
    from: cpu.value.series.map(seriesSource),
  });
  if (busiest.value.greaterThanOrEqualTo(limitOf(subject, CPU))) return OK;
  const traffic = readTraffic(subject);
  if (!traffic.ok) return traffic.verdict;
  if (traffic.perDay.value.greaterThanOrEqualTo(limitOf(subject, NETWORK))) return OK;
  return idle(subject, item.value, cpu.value, [busiest.request, traffic.perDay.request]);
}

type Traffic =
  | { readonly ok: true; readonly perDay: ReturnType<typeof figure> }
  | { readonly ok: false; readonly verdict: Verdict };

function readTraffic(subject: Subject): Traffic {
  const received = readMetric(subject, { namespace: 'AWS/EC2', metric: 'NetworkIn', stats: ['Sum'] });
  if (!received.ok) return received;
  const sent = readMetric(subject, { namespace: 'AWS/EC2', metric: 'NetworkOut', stats: ['Sum'] });
  if (!sent.ok) return sent;
  const from = [...received.value.series, ...sent.value.series].map(seriesSource);
  const spec = { name: 'network_max', unit: 'MB/day', derivation: metricMaxPerDay, from, params: { per: MB } };
  return { ok: true, perDay: figure(spec) };
}

function idle(
  subject: Subject,
  instance: Instance,
  cpu: MetricWindow,
  measured: readonly ReturnType<typeof figure>['request'][],
): Verdict {
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const prices = readPrices(
    subject,
    [linuxPriceKey(subject.resource.region, instance.InstanceType)],
    'Idle over the look-back',
  );
  if (!prices.ok) return prices.verdict;
  const item = itemSource(subject);
  const from = [item, ...prices.value.map(entrySource)];
  const days = figure({
    name: 'days',
    unit: 'days',
    derivation: metricDays,
    from: cpu.series.map(seriesSource),
  });
  const peak =
    cpu.stat === 'Maximum' ? 'never used more than {cpu_max} of its CPU' : 'its mean CPU never passed {cpu_max}';
  return {
    verdict: 'FINDING',
    statement:
      `The ${instance.InstanceType} is idle: over {days} ${peak} and it moved at most {network_max}; ` +
      `stopping it saves {list_saving} at list prices of ${priceDates(prices.value)}.`,
    figures: [...measured, days.request],
    listCost: listCost({ derivation: ec2IdleListCost, from }).request,
    listSaving: listSaving({ derivation: ec2IdleListSaving, from }).request,
    citations: citationsOf([item]),
    confidence: cpu.stat === 'Maximum' ? '0.90' : '0.70',
  };
}
