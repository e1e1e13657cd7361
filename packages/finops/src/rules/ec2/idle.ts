import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { AWS_CO_NETWORK, CLASSIC_NETWORK, IDLE_CPU, type IdleProfile, profilesText } from '../reading/idle-profiles.ts';
import { type Idleness, readIdleness } from '../reading/idleness.ts';
import { Instance, linuxPriceKey, withoutLinuxPrice } from '../reading/instance.ts';
import { metricDays, metricMax, metricMaxPerDay, metricMean } from '../reading/metric-figures.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, type Reading, readItem } from '../reading/verdicts.ts';

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
  thresholds: [IDLE_CPU, AWS_CO_NETWORK, CLASSIC_NETWORK],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
  ],
  derivations: [ec2IdleListCost, ec2IdleListSaving, metricMax, metricMean, metricMaxPerDay, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Instance, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.State.Name !== 'running') return OK;
  const peak = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Maximum', 'Average'] }],
    measure: { name: 'cpu_max', unit: '%', derivation: metricMax },
    busyFrom: limitOf(subject, IDLE_CPU),
  });
  if (!peak.ok && peak.verdict.verdict === 'UNKNOWN') return peak.verdict;
  const mean = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Average'] }],
    measure: { name: 'cpu_mean', unit: '%', derivation: metricMean },
    busyFrom: limitOf(subject, IDLE_CPU),
  });
  if (!peak.ok && !mean.ok) return OK;
  return judgeTraffic(subject, item.value, { peak: valueOf(peak), mean: valueOf(mean) });
}

/** What says that the CPU is idle: at its peak, on average, or both. */
interface IdleCpu {
  readonly peak: Idleness | undefined;
  readonly mean: Idleness | undefined;
}

const valueOf = <T>(reading: Reading<T>): T | undefined => (reading.ok ? reading.value : undefined);

function judgeTraffic(subject: Subject, instance: Instance, cpu: IdleCpu): Verdict {
  const traffic = (most: number): Reading<Idleness> =>
    readIdleness(subject, {
      metrics: ['NetworkIn', 'NetworkOut'].map((metric) => ({ namespace: 'AWS/EC2', metric, stats: ['Sum'] })),
      measure: { name: 'network_max', unit: 'MB/day', derivation: metricMaxPerDay, params: { per: MB } },
      busyFrom: most,
    });
  const awsCo = traffic(limitOf(subject, AWS_CO_NETWORK));
  const classic = traffic(limitOf(subject, CLASSIC_NETWORK));
  const profiles: IdleProfile[] = [
    ...(cpu.peak !== undefined && awsCo.ok ? ['aws-co' as const] : []),
    ...(cpu.mean !== undefined && classic.ok ? ['classic' as const] : []),
  ];
  const network = awsCo.ok ? awsCo : classic;
  if (!network.ok) return network.verdict;
  return profiles.length === 0 ? OK : idle(subject, instance, { ...cpu, network: network.value, profiles });
}

function idle(
  subject: Subject,
  instance: Instance,
  { peak, mean, network, profiles }: IdleCpu & { network: Idleness; profiles: readonly IdleProfile[] },
): Verdict {
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const cpu = profiles.includes('aws-co') ? peak : mean;
  if (cpu === undefined) return OK;
  const used =
    cpu === mean
      ? 'its mean CPU was {cpu_mean}'
      : cpu.stat === 'Maximum'
        ? 'never used more than {cpu_max} of its CPU'
        : 'its mean CPU never passed {cpu_max}';
  return removal(subject, {
    priceKeys: [linuxPriceKey(subject.resource.region, instance.InstanceType)],
    known: 'Idle over the look-back',
    listCost: ec2IdleListCost,
    listSaving: ec2IdleListSaving,
    statement: (dates) =>
      `The ${instance.InstanceType} is idle by ${profilesText(profiles)}: over {days} ${used} and it moved at most {network_max}; ` +
      `stopping it saves {list_saving} at list prices of ${dates}.`,
    figures: [cpu.measured, network.measured, cpu.days],
    confidence: confidenceOf(cpu, profiles),
  });
}

/** Peaks say more than means; two profiles say no more than the better one. */
function confidenceOf(cpu: Idleness, profiles: readonly IdleProfile[]): string {
  if (!profiles.includes('aws-co')) return '0.60';
  return cpu.stat === 'Maximum' ? '0.90' : '0.70';
}
