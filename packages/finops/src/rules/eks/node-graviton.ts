import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type PricedType, cheapestOf, replaces } from '../reading/cheaper-type.ts';
import { percentBelow } from '../reading/derivations.ts';
import { citationsOf, citedNumber, entrySource, fieldFigure, figure, itemSource } from '../reading/figures.ts';
import { linuxPriceKey, readSpecification } from '../reading/instance.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { parseTypeName, siblings } from '../reading/type-names.ts';
import { OK, noPrice, readItem, unknown } from '../reading/verdicts.ts';

const Nodegroup = z.object({
  nodegroupName: z.string(),
  amiType: z.string(),
  instanceTypes: z.array(z.string()).optional(),
  scalingConfig: z.object({ desiredSize: z.int().nonnegative() }),
});

/** First generation with Graviton types. Source: a lower bound: t4g; the instance type table of 2026-08-02 decides. */
const FIRST_GRAVITON_GENERATION = 4;

/**
 * A node group of x86 Linux nodes whose arm64 sibling costs less.
 *
 * Advice without dollars: the nodes are instances, and each is judged as one; this says where the change is made.
 */
export const eksNodeGraviton = defineRule({
  id: 'eks-node-graviton',
  ref: 'K8S-06',
  role: 'pricing',
  service: 'eks',
  title: 'Node group that is cheaper on Graviton',
  appliesTo: 'EksNodegroup',
  reads: [],
  actionType: 'Review',
  step: 'generation',
  severity: 3,
  effort: 'High',
  risk: 'Medium',
  restartNeeded: true,
  rollbackPossible: true,
  inputs: [
    'eks:DescribeNodegroup amiType, instanceTypes, capacityType, scalingConfig',
    'instance type table and Linux prices',
  ],
  formula:
    '(price now - price of the Graviton sibling) x 730 for each node, as advice: what moves depends on the images of the workloads',
  implementation: [
    'Build the container images for arm64 as well (multi-platform).',
    'Add a node group of the Graviton type beside this one.',
    'Move the workloads by node selector, then drain and delete the old group.',
  ],
  rollback: 'Keep the old node group at size 0 and scale it up again.',
  documentation: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html',
  ],
  derivations: [percentBelow, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Nodegroup, subject.item);
  if (!item.ok) return item.verdict;
  const { amiType, instanceTypes, scalingConfig } = item.value;
  if (scalingConfig.desiredSize === 0 || !isLinuxX86(amiType)) return OK;
  const [type] = instanceTypes ?? [];
  if (type === undefined) {
    return unknown('FIELD_MISSING', 'The answer has no instanceTypes; a launch template decides the type.');
  }
  return compare(subject, type);
}

function compare(subject: Subject, type: string): Verdict {
  const specification = readSpecification(subject, type);
  if (!specification.ok) return specification.verdict;
  const now = specification.value;
  const name = parseTypeName(type);
  if (now.isArm || name === undefined || now.gpus.greaterThan(0)) return OK;
  const price = subject.price(linuxPriceKey(subject.resource.region, type));
  if (price === undefined) return noPrice(linuxPriceKey(subject.resource.region, type));
  const names = siblings(name, ['g'], FIRST_GRAVITON_GENERATION);
  const best = cheapestOf(subject, names, (one) => one.isArm && replaces(one, now));
  if (best === undefined || !unitPrice(best.price.value).lessThan(unitPrice(price.value))) return OK;
  return advice(subject, { specification: now, price }, best);
}

function advice(subject: Subject, now: PricedType, best: PricedType): Verdict {
  const source = itemSource(subject);
  const pair = [entrySource(now.price), entrySource(best.price)];
  const percent = figure({ name: 'saving_percent', unit: '%', derivation: percentBelow, from: pair });
  return {
    verdict: 'FINDING',
    statement:
      `The node group keeps {nodes} on ${now.specification.name} (x86); ${best.specification.name} costs {saving_percent} less at list prices of ` +
      `${priceDates([now.price, best.price])}, if the images are built for arm64. The dollars stand at the instances.`,
    figures: [percent.request, fieldFigure(source, ['scalingConfig', 'desiredSize'], { name: 'nodes', unit: 'nodes' })],
    citations: citationsOf([source, entrySource(now.specification.entry), entrySource(best.specification.entry)]),
    confidence: '0.60',
  };
}

/** AMI types of x86 Linux without accelerators. Source: AWS CDK API reference, eks.NodegroupAmiType, read 2026-11-21. */
const isLinuxX86 = (amiType: string): boolean => /_x86_64(_STANDARD)?$/.test(amiType) && !amiType.startsWith('WINDOWS');
