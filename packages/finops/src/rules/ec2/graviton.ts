import type { FigureRequest, Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type PricedType, cheapestOf, replaces } from '../reading/cheaper-type.ts';
import { monthOfDifference, monthOfHours, percentBelow } from '../reading/derivations.ts';
import { citedNumber, entrySource, fieldFigure } from '../reading/figures.ts';
import {
  Instance,
  type Specification,
  billedPlatform,
  linuxPriceKey,
  readSpecification,
  specificationOf,
  withoutLinuxPrice,
} from '../reading/instance.ts';
import { move } from '../reading/move.ts';
import { cheapest, unitPrice } from '../reading/prices.ts';
import { parseTypeName, siblings } from '../reading/type-names.ts';
import { OK, noPrice, readItem, unknown } from '../reading/verdicts.ts';

/** First generation with Graviton types. Source: a lower bound: t4g; the instance type table of 2026-08-02 decides. */
const FIRST_GRAVITON_GENERATION = 4;

/** Monthly on-demand list cost of the running instance. */
export const ec2GravitonListCost = monthOfHours('ec2-graviton-list-cost');

/** Monthly difference of the two on-demand list prices. */
export const ec2GravitonListSaving = monthOfDifference('ec2-graviton-list-saving');

/** A running x86 Linux instance whose arm64 sibling costs less; only real price pairs, because newer Graviton can cost more. */
export const ec2Graviton = defineRule({
  id: 'ec2-graviton',
  ref: 'EC2-08',
  role: 'pricing',
  service: 'ec2',
  title: 'x86 instance with a cheaper Graviton sibling',
  appliesTo: 'Ec2Instance',
  reads: [],
  actionType: 'MigrateToGraviton',
  step: 'generation',
  severity: 4,
  effort: 'High',
  risk: 'Medium',
  restartNeeded: true,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeInstances InstanceType, PlatformDetails, Placement',
    'instance type table: vCPU, memory, architecture',
    'Linux prices of both types',
  ],
  formula: '(price now - price of the cheapest Graviton type of the same series and size) x 730',
  implementation: [
    'Build the software and its dependencies for arm64 and test them.',
    'Start a Graviton instance from an arm64 image beside the old one.',
    'Move the load, compare throughput and latency, then stop the old instance.',
  ],
  rollback: 'Keep the x86 image and start from it again.',
  documentation:
    'https://docs.aws.amazon.com/whitepapers/latest/aws-graviton-performance-testing/migrating-workloads-to-aws-graviton.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-ec2-recommendations.html',
    'https://docs.aws.amazon.com/whitepapers/latest/aws-graviton-performance-testing/migrating-workloads-to-aws-graviton.html',
    'https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html',
  ],
  derivations: [citedNumber, ec2GravitonListCost, ec2GravitonListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Instance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  if (instance.State.Name !== 'running') return OK;
  const platform = withoutLinux(instance);
  if (platform !== undefined) return platform;
  const specification = readSpecification(subject, instance.InstanceType);
  if (!specification.ok) return specification.verdict;
  const now = specification.value;
  const name = parseTypeName(instance.InstanceType);
  if (now.isArm || name === undefined || now.gpus.greaterThan(0)) return OK;
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const price = subject.price(linuxPriceKey(subject.resource.region, now.name));
  if (price === undefined) return noPrice(linuxPriceKey(subject.resource.region, now.name));
  return besides(subject, { specification: now, price }, siblings(name, ['g'], FIRST_GRAVITON_GENERATION));
}

/** What the Graviton types of these names say about the type the bill charges for. */
function besides(subject: Subject, now: PricedType, names: readonly string[]): Verdict {
  const fits = (type: Specification): boolean => type.isArm && replaces(type, now.specification);
  const fitting = names.flatMap((one) => cheapestOf(subject, [one], fits) ?? []);
  const best = cheapest(fitting);
  if (best === undefined) {
    const unpriced = names.map((one) => specificationOf(subject, one)).find((one) => one !== undefined && fits(one));
    return unpriced === undefined ? OK : noPrice(linuxPriceKey(subject.resource.region, unpriced.name));
  }
  const dearer = fitting.findLast((one) => unitPrice(one.price.value).greaterThanOrEqualTo(unitPrice(now.price.value)));
  return compare(subject, now, { best, dearer });
}

/** Windows and 32-bit images have no Graviton; a platform the answer does not say is not guessed. */
function withoutLinux(instance: Instance): Verdict | undefined {
  const platform = billedPlatform(instance);
  const isX86 = (instance.Architecture ?? 'x86_64') === 'x86_64';
  if (platform === 'windows' || !isX86) return OK;
  if (platform !== 'unsaid') return undefined;
  return unknown('FIELD_MISSING', 'The answer has no PlatformDetails; Graviton needs Linux.');
}

/** Siblings of the instance: the cheapest, and the newest that costs no less than it. */
interface Siblings {
  readonly best: PricedType;
  readonly dearer: PricedType | undefined;
}

function compare(subject: Subject, now: PricedType, { best, dearer }: Siblings): Verdict {
  return move(subject, {
    now: now.price,
    next: best.price,
    listCost: ec2GravitonListCost,
    listSaving: ec2GravitonListSaving,
    statement: (dates) =>
      `The instance runs Linux on ${now.specification.name} (x86); the arm64 type ${best.specification.name} gives at least the same vCPUs ` +
      `and memory for {saving_percent} less, {list_saving} at list prices of ${dates}, if the software runs on arm64.${refusalOf(dearer)}`,
    figures: dearer === undefined ? [] : [hourlyPrice('price_now', now), hourlyPrice('price_refused', dearer)],
    sources: [entrySource(now.specification.entry), entrySource(best.specification.entry)],
    confidence: '0.60',
    target: { instance_type: best.specification.name },
  });
}

const refusalOf = (dearer: PricedType | undefined): string =>
  dearer === undefined
    ? ''
    : ` Not ${dearer.specification.name}: {price_refused} is no less than the {price_now} paid; newer is not always cheaper.`;

const hourlyPrice = (name: string, { price }: PricedType): FigureRequest =>
  fieldFigure(entrySource(price), 'usd', { name, unit: 'USD/hour' });
