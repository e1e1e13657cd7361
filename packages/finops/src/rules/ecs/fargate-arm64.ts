import { defineDerivation } from '@infrafabric/protocol';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd, perMonth } from '../../money.ts';
import { percentBelow } from '../reading/derivations.ts';
import { fargateHourly, fargatePriceKeys, monthOfFargate, readFargateService } from '../reading/fargate.ts';
import { citationsOf, entrySource, figure, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { priceDates } from '../reading/prices.ts';
import { OK, readPrices } from '../reading/verdicts.ts';

/** Monthly list cost of the running tasks on x86. */
export const ecsFargateArm64ListCost = monthOfFargate('ecs-fargate-arm64-list-cost');

/** Monthly difference of the running tasks: cited = the service, its task definition, the x86 prices of vCPU and GB, the arm prices. */
export const ecsFargateArm64ListSaving = defineDerivation({
  package: 'finops',
  name: 'ecs-fargate-arm64-list-saving',
  version: 1,
  compute: (cited) => formatUsd(perMonth(fargateHourly(cited, 2).minus(fargateHourly(cited, 4)))),
});

/** A Fargate service whose tasks run on x86 and would cost less on Graviton. */
export const ecsFargateArm64 = defineRule({
  id: 'ecs-fargate-arm64',
  ref: 'ECS-03',
  role: 'pricing',
  service: 'ecs',
  title: 'Fargate service that is cheaper on Graviton',
  appliesTo: 'EcsService',
  reads: ['EcsTaskDefinition'],
  actionType: 'MigrateToGraviton',
  step: 'generation',
  severity: 4,
  effort: 'Medium',
  risk: 'Low',
  restartNeeded: true,
  rollbackPossible: true,
  inputs: [
    'ecs:DescribeServices launchType, capacityProviderStrategy, runningCount, taskDefinition',
    'ecs:DescribeTaskDefinition cpu, memory, runtimePlatform',
    'Fargate prices of vCPU and GB on x86 and arm',
  ],
  formula: 'running tasks x (vCPU x (x86 - arm price) + GB x (x86 - arm price)) x 730',
  implementation: [
    'Build the images for arm64 as well (multi-platform).',
    'Register a revision with runtimePlatform.cpuArchitecture ARM64.',
    'Update the service to the revision; ECS replaces the tasks one after another.',
  ],
  rollback: 'Update the service to the former revision.',
  documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html',
    'https://aws.amazon.com/fargate/pricing/',
  ],
  derivations: [ecsFargateArm64ListCost, ecsFargateArm64ListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const fargate = readFargateService(subject);
  if (!fargate.ok) return fargate.verdict;
  const { definition, described } = fargate.value;
  if (definition.runtimePlatform?.cpuArchitecture === 'ARM64') return OK;
  const { region } = subject.resource;
  const prices = readPrices(subject, [...fargatePriceKeys(region, 'x86'), ...fargatePriceKeys(region, 'arm')]);
  if (!prices.ok) return prices.verdict;
  const [item, task] = [itemSource(subject), itemSource(described)];
  const [vcpu, gb, armVcpu, armGb] = prices.value.map(entrySource);
  if (vcpu === undefined || gb === undefined || armVcpu === undefined || armGb === undefined) return OK;
  const saving = listSaving({ derivation: ecsFargateArm64ListSaving, from: [item, task, vcpu, gb, armVcpu, armGb] });
  if (!saving.value.greaterThan(0)) return OK;
  const percent = figure({ name: 'saving_percent', unit: '%', derivation: percentBelow, from: [vcpu, armVcpu] });
  return {
    verdict: 'FINDING',
    statement:
      'The service runs its Fargate tasks on x86; a vCPU on Graviton costs {saving_percent} less, ' +
      `{list_saving} for the tasks that run now at list prices of ${priceDates(prices.value)}, if the images are built for arm64.`,
    figures: [percent.request],
    listCost: listCost({ derivation: ecsFargateArm64ListCost, from: [item, task, vcpu, gb] }).request,
    listSaving: saving.request,
    citations: citationsOf([item, task]),
    confidence: '0.70',
  };
}
