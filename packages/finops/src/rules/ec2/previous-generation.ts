import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type PricedType, cheapestOf, replaces } from '../reading/cheaper-type.ts';
import { monthOfDifference, monthOfHours, percentBelow } from '../reading/derivations.ts';
import { entrySource } from '../reading/figures.ts';
import {
  type Instance,
  type Specification,
  billedPlatform,
  Instance as InstanceSchema,
  linuxPriceKey,
  readSpecification,
  withoutLinuxPrice,
} from '../reading/instance.ts';
import { move } from '../reading/move.ts';
import { parseTypeName, siblings } from '../reading/type-names.ts';
import { OK, noPrice, readItem, unknown } from '../reading/verdicts.ts';

/** Series whose sizes are comparable between generations; others differ in local disks or accelerators. */
const COMPARABLE_SERIES = new Set(['t', 'm', 'c', 'r']);

/** Monthly on-demand list cost of the running instance. */
export const ec2PreviousGenerationListCost = monthOfHours('ec2-previous-generation-list-cost');

/** Monthly difference of the two on-demand list prices. */
export const ec2PreviousGenerationListSaving = monthOfDifference('ec2-previous-generation-list-saving');

/** A running instance of a type AWS no longer calls current, where a newer type of the same size and architecture costs less. */
export const ec2PreviousGeneration = defineRule({
  id: 'ec2-previous-generation',
  ref: 'EC2-07',
  role: 'pricing',
  service: 'ec2',
  title: 'Instance of a previous generation with a cheaper successor',
  appliesTo: 'Ec2Instance',
  reads: [],
  actionType: 'Upgrade',
  step: 'generation',
  severity: 4,
  effort: 'Low',
  risk: 'Low',
  restartNeeded: true,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeInstances InstanceType, PlatformDetails, Placement',
    'instance type table: CurrentGeneration, vCPU, memory',
    'Linux prices of both types',
  ],
  formula:
    '(price now - price of the cheapest current type of the same series and size) x 730; no finding where the new one is not cheaper',
  implementation: [
    'Check that the image has the NVMe and ENA drivers of newer types.',
    'Stop the instance, change its type, start it.',
    'Watch CPU and memory for a day.',
  ],
  rollback: 'Stop the instance and change the type back.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html',
    'https://aws.amazon.com/ec2/previous-generation/',
  ],
  derivations: [ec2PreviousGenerationListCost, ec2PreviousGenerationListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(InstanceSchema, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  if (instance.State.Name !== 'running') return OK;
  const specification = readSpecification(subject, instance.InstanceType);
  if (!specification.ok) return specification.verdict;
  const now = specification.value;
  return now.isCurrent ? OK : judgeOld(subject, instance, now);
}

function judgeOld(subject: Subject, instance: Instance, now: Specification): Verdict {
  const name = parseTypeName(instance.InstanceType);
  if (name === undefined || !COMPARABLE_SERIES.has(name.series)) {
    return unknown('NO_SPECIFICATION', `No like-for-like successors are known for ${instance.InstanceType}.`);
  }
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const price = subject.price(linuxPriceKey(subject.resource.region, now.name));
  if (price === undefined) return noPrice(linuxPriceKey(subject.resource.region, now.name));
  const successors = siblings(name, now.isArm ? ['g'] : ['', 'a', 'i'], name.generation + 1);
  const best = cheapestOf(subject, successors, (one) => one.isArm === now.isArm && replaces(one, now));
  if (best !== undefined) return compare(subject, instance, [{ specification: now, price }, best]);
  return unknown(
    'NO_SPECIFICATION',
    `No current type of the same size and architecture follows ${now.name} in the tables.`,
  );
}

function compare(subject: Subject, instance: Instance, [now, best]: readonly [PricedType, PricedType]): Verdict {
  const losesDisk = best.specification.localDiskGb.lessThan(now.specification.localDiskGb);
  return move(subject, {
    now: now.price,
    next: best.price,
    listCost: ec2PreviousGenerationListCost,
    listSaving: ec2PreviousGenerationListSaving,
    statement: (dates) =>
      `The instance runs on ${now.specification.name}, which AWS no longer lists as current generation; ` +
      `${best.specification.name} gives at least the same vCPUs and memory for {saving_percent} less, ` +
      `{list_saving} at Linux list prices of ${dates}.${localDiskNote(losesDisk)}`,
    sources: [entrySource(now.specification.entry), entrySource(best.specification.entry)],
    confidence: losesDisk || billedPlatform(instance) !== 'linux' ? '0.70' : '0.90',
    target: { instance_type: best.specification.name },
  });
}

const localDiskNote = (losesDisk: boolean): string =>
  losesDisk ? ' The old type has a local instance store that the new one does not replace.' : '';
