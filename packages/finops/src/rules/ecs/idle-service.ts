import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { fargatePriceKeys, monthOfFargate, readFargateService } from '../reading/fargate.ts';
import { citationsOf, entrySource, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricMax } from '../reading/metric-figures.ts';
import { priceDates } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { readPrices } from '../reading/verdicts.ts';

const USE: Threshold = {
  name: 'ECS_IDLE_PERCENT',
  value: 1,
  unit: '% of CPU and of memory',
  source: 'AWS Compute Optimizer, idle ECS services on Fargate: CPU and memory below 1 % over 14 days, read 2026-08-21',
};

/** Monthly list cost of the running tasks. */
export const ecsIdleServiceListCost = monthOfFargate('ecs-idle-service-list-cost');

/** Scaling the service to zero saves all of it. */
export const ecsIdleServiceListSaving = monthOfFargate('ecs-idle-service-list-saving');

/** A Fargate service whose tasks do nothing. */
export const ecsIdleService = defineRule({
  id: 'ecs-idle-service',
  ref: 'ECS-01',
  role: 'rightsizing',
  service: 'ecs',
  title: 'Fargate service that does nothing',
  appliesTo: 'EcsService',
  reads: ['EcsTaskDefinition'],
  actionType: 'Stop',
  step: 'terminate',
  severity: 5,
  effort: 'VeryLow',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ecs:DescribeServices launchType, capacityProviderStrategy, runningCount, taskDefinition',
    'ecs:DescribeTaskDefinition cpu, memory, runtimePlatform',
    'AWS/ECS CPUUtilization and MemoryUtilization Maximum of the service',
    'Fargate prices of vCPU and GB',
  ],
  formula: 'running tasks x (vCPU x price + GB x price) x 730',
  implementation: [
    'Ask the owner what the service is for.',
    'Set its desired count to 0 and wait a week.',
    'Delete the service, and its load balancer if it has one of its own.',
  ],
  rollback: 'Set the desired count back.',
  documentation: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
  thresholds: [USE],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html',
    'https://aws.amazon.com/fargate/pricing/',
  ],
  derivations: [ecsIdleServiceListCost, ecsIdleServiceListSaving, metricMax, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const fargate = readFargateService(subject);
  if (!fargate.ok) return fargate.verdict;
  const { service, definition, described } = fargate.value;
  const own = subject.series.filter(
    ({ dimensions }) =>
      dimensions['ServiceName'] === service.serviceName &&
      dimensions['ClusterName'] === (service.clusterArn ?? '').split('/').at(-1),
  );
  const idle = readIdleness(
    { ...subject, series: own },
    {
      metrics: ['CPUUtilization', 'MemoryUtilization'].map((metric) => ({
        namespace: 'AWS/ECS',
        metric,
        stats: ['Maximum'],
        dimensions: 'any' as const,
      })),
      measure: { name: 'use_max', unit: '%', derivation: metricMax },
      busyFrom: limitOf(subject, USE),
    },
  );
  if (!idle.ok) return idle.verdict;
  const architecture = definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm' : 'x86';
  const keys = fargatePriceKeys(subject.resource.region, architecture);
  const prices = readPrices(subject, keys, 'Neither CPU nor memory used in the look-back');
  if (!prices.ok) return prices.verdict;
  const [item, task] = [itemSource(subject), itemSource(described)];
  const from = [item, task, ...prices.value.map(entrySource)];
  return {
    verdict: 'FINDING',
    statement:
      'The service used at most {use_max} of its CPU and memory in {days}; its tasks cost {list_cost} at list prices of ' +
      `${priceDates(prices.value)}.`,
    figures: [idle.value.measured, idle.value.days],
    listCost: listCost({ derivation: ecsIdleServiceListCost, from }).request,
    listSaving: listSaving({ derivation: ecsIdleServiceListSaving, from }).request,
    citations: citationsOf([item, task]),
    confidence: '0.85',
  };
}
