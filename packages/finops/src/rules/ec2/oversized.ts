import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type Candidate, type PricedCandidate, candidatesOf, cheaperOf } from '../../rightsizing/candidates.ts';
import { type Load, readLoad } from '../../rightsizing/load.ts';
import {
  OTHER_FAMILIES,
  RIGHTSIZING_THRESHOLDS,
  type RightsizingLimits,
  rightsizingLimits,
} from '../../rightsizing/presets.ts';
import { burstNeed, performanceRisk, rightsizingLimit, rightsizingProjected } from '../../rightsizing/projection.ts';
import { rightsizingFinding } from '../../rightsizing/finding.ts';
import {
  Instance,
  type Specification,
  billedPlatform,
  linuxPriceKey,
  readSpecification,
  withoutLinuxPrice,
} from '../reading/instance.ts';
import { UNDERUSED_CPU } from '../reading/idle-profiles.ts';
import { metricMean, metricPercentile } from '../reading/metric-figures.ts';
import { readMetric } from '../reading/metrics.ts';
import { OK, noPrice, readItem, unknown } from '../reading/verdicts.ts';
import { ec2OversizedListCost, ec2OversizedListSaving, ec2OversizedProjected } from '../../rightsizing/derivations.ts';

/** A running instance whose load fits a smaller or burstable type, by every dimension that was measured; real price pairs only. */
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
    'AWS/EC2 CPUUtilization, NetworkIn, NetworkOut, EBSReadBytes, EBSWriteBytes, EBSReadOps, EBSWriteOps',
    'CWAgent mem_used_percent',
    'instance type table: vCPU, memory, network and EBS baselines',
    'Linux on-demand prices of both types, spot prices where the table has them',
  ],
  formula:
    '(price now - price of the cheapest smaller type of the same architecture that carries the load) x 730; a type carries it when ' +
    'CPU at the percentile of the preset and memory at p99.5 leave their headroom, network and EBS at p99.5 stay within the baseline, ' +
    'and a burstable type earns the credits of the busiest day; without memory metrics a type with less memory does only where none with as much costs less and it has as much for each vCPU, at confidence 0.40; ' +
    'where only types with still less memory would cost less, the answer is UNKNOWN. ' +
    'Performance risk = (worst projected utilisation - 50) / 12.5, 0 to 4.',
  implementation: [
    'Check that the image has the drivers of the new family (ENA, NVMe); another architecture needs an image of its own.',
    'Stop the instance, change its type, start it.',
    'Watch CPU, memory and latency for a week.',
  ],
  rollback: 'Stop the instance and change the type back.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html',
  thresholds: [...RIGHTSIZING_THRESHOLDS, OTHER_FAMILIES, UNDERUSED_CPU],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/rightsizing-preferences.html',
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-ec2-recommendations.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html',
  ],
  derivations: [
    ec2OversizedListCost,
    ec2OversizedListSaving,
    ec2OversizedProjected,
    rightsizingProjected,
    performanceRisk,
    rightsizingLimit,
    burstNeed,
    metricMean,
    metricPercentile,
  ],
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
  const limits = rightsizingLimits(subject.settings);
  const load = readLoad(subject, now, limits);
  if (!load.ok) return load.verdict;
  const isX86 = (instance.Architecture ?? 'x86_64') === 'x86_64';
  const allowsArm = billedPlatform(instance) === 'linux' && isX86;
  const candidates = candidatesOf(subject, now, { load: load.value, allowsArm });
  return choose(subject, instance, { now, limits, load: load.value, candidates });
}

/** What the choice stands on. */
interface Choice {
  readonly now: Specification;
  readonly limits: RightsizingLimits;
  readonly load: Load;
  readonly candidates: readonly Candidate[];
}

/** The cheapest type that carries the load; another architecture only where its own has none. */
function choose(subject: Subject, instance: Instance, choice: Choice): Verdict {
  const { now, candidates } = choice;
  const possible = candidates.filter((one) => one.refused === undefined || isUnmeasured(one));
  const [first] = possible;
  if (first === undefined) return OK;
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const { region } = subject.resource;
  const price = subject.price(linuxPriceKey(region, now.name));
  if (price === undefined) return noPrice(linuxPriceKey(region, now.name));
  if (possible.every((one) => subject.price(linuxPriceKey(region, one.type.name)) === undefined)) {
    return noPrice(linuxPriceKey(region, first.type.name));
  }
  const cheaper = cheaperOf(subject, candidates, price);
  const chosen = chosenOf(cheaper);
  if (chosen !== undefined) return rightsizingFinding(subject, instance, { ...choice, price, cheaper, chosen });
  return cheaper.some(isUnmeasured) ? unknown('NO_METRICS', UNMEASURED) : OK;
}

const UNMEASURED =
  'No CWAgent mem_used_percent series: only types with less memory would cost less, and whether the load fits in it is not known.';

/** Less memory, which nobody measured, only where every type that keeps it costs no less; such a finding is not believed much. */
function chosenOf(cheaper: readonly PricedCandidate[]): PricedCandidate | undefined {
  const keeping = cheaper.filter((one) => one.refused === undefined);
  const fitting = keeping.length > 0 ? keeping : cheaper.filter((one) => isUnmeasured(one) && one.keepsShare);
  return fitting.find((one) => one.isSameArchitecture) ?? fitting[0];
}

/** Whether a type carries what was measured, and has less of the memory that was not. */
const isUnmeasured = (one: Candidate): boolean => one.refused === 'memory was not measured';
