import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { type Idleness, readIdleness } from '../reading/idleness.ts';
import { Instance, linuxPriceKey, withoutLinuxPrice } from '../reading/instance.ts';
import { metricDays, metricMax, metricMaxPerDay } from '../reading/metric-figures.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

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
  inputs: [
    'ec2:DescribeInstances InstanceType, State, PlatformDetails, Placement',
    'AWS/EC2 CPUUtilization Maximum (else Average), NetworkIn and NetworkOut Sum',
    'Linux price of the type',
  ],
  formula: 'on-demand price x 730; volumes and addresses stay',
  implementation: [
    'Ask the owner what the instance is for.',
    'Stop it and wait a week.',
    'Then make an image and terminate it, or leave it stopped.',
  ],
  rollback: 'Start the instance again; its public address changes unless it is an Elastic IP.',
  documentation: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
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
  const cpu = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Maximum', 'Average'] }],
    measure: { name: 'cpu_max', unit: '%', derivation: metricMax },
    busyFrom: limitOf(subject, CPU),
  });
  if (!cpu.ok) return cpu.verdict;
  const network = readIdleness(subject, {
    metrics: ['NetworkIn', 'NetworkOut'].map((metric) => ({ namespace: 'AWS/EC2', metric, stats: ['Sum'] })),
    measure: { name: 'network_max', unit: 'MB/day', derivation: metricMaxPerDay, params: { per: MB } },
    busyFrom: limitOf(subject, NETWORK),
  });
  return network.ok ? idle(subject, item.value, cpu.value, network.value) : network.verdict;
}

function idle(subject: Subject, instance: Instance, cpu: Idleness, network: Idleness): Verdict {
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const peak =
    cpu.stat === 'Maximum' ? 'never used more than {cpu_max} of its CPU' : 'its mean CPU never passed {cpu_max}';
  return removal(subject, {
    priceKeys: [linuxPriceKey(subject.resource.region, instance.InstanceType)],
    known: 'Idle over the look-back',
    listCost: ec2IdleListCost,
    listSaving: ec2IdleListSaving,
    statement: (dates) =>
      `The ${instance.InstanceType} is idle: over {days} ${peak} and it moved at most {network_max}; ` +
      `stopping it saves {list_saving} at list prices of ${dates}.`,
    figures: [cpu.measured, network.measured, cpu.days],
    confidence: cpu.stat === 'Maximum' ? '0.90' : '0.70',
  });
}
