import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd, perMonth, sum } from '../../money.ts';
import { citationsOf, entrySource, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'SAGEMAKER_ENDPOINT_IDLE_DAYS',
  value: LOOK_BACK_DAYS,
  unit: 'days without an invocation',
  source:
    'CloudBurn, SageMaker endpoint without invocations for 14 days, read 2026-04-09; Flexera, read 2026-08-20, uses 30',
};

const Endpoint = z.object({
  EndpointName: z.string(),
  EndpointConfigName: z.string(),
  EndpointStatus: z.string(),
  ProductionVariants: z.array(
    z.object({ VariantName: z.string(), CurrentInstanceCount: z.int().nonnegative().optional() }),
  ),
});

const EndpointConfig = z.object({
  ProductionVariants: z.array(z.object({ VariantName: z.string(), InstanceType: z.string().optional() })),
});

/** USD a month of the instances of all variants: cited = the endpoint, its configuration, then the hosting price of each variant in the order of the endpoint. */
const monthOfVariants = (name: string): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited: readonly Cited[]) => {
      const { ProductionVariants } = Endpoint.parse(cited[0]);
      EndpointConfig.parse(cited[1]);
      const hourly = ProductionVariants.map((one, n) => unitPrice(cited[n + 2]).times(one.CurrentInstanceCount ?? 0));
      return formatUsd(perMonth(sum(hourly)));
    },
  });

/** Monthly list cost of the instances behind the endpoint. */
export const sagemakerIdleEndpointListCost = monthOfVariants('sagemaker-idle-endpoint-list-cost');

/** Deleting the endpoint saves all of them; model and configuration stay. */
export const sagemakerIdleEndpointListSaving = monthOfVariants('sagemaker-idle-endpoint-list-saving');

/** An endpoint nobody invokes. */
export const sagemakerIdleEndpoint = defineRule({
  id: 'sagemaker-idle-endpoint',
  ref: 'ML-01',
  role: 'rightsizing',
  service: 'sagemaker',
  title: 'Endpoint nobody invokes',
  appliesTo: 'SageMakerEndpoint',
  reads: ['SageMakerEndpointConfig'],
  actionType: 'Delete',
  step: 'terminate',
  severity: 7,
  effort: 'VeryLow',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'sagemaker:DescribeEndpoint EndpointStatus, ProductionVariants',
    'sagemaker:DescribeEndpointConfig ProductionVariants InstanceType',
    'AWS/SageMaker Invocations Sum of each variant',
    'hosting price of the instance type',
  ],
  formula: 'sum over variants of hosting price x CurrentInstanceCount x 730',
  implementation: [
    'Ask the owner of the model.',
    'Delete the endpoint; keep model and endpoint configuration.',
    'Where calls are rare, create it again as a serverless endpoint.',
  ],
  rollback: 'Create the endpoint again from its configuration; it takes minutes.',
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-delete-resources.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-delete-resources.html',
    'https://aws.amazon.com/sagemaker/pricing/',
  ],
  derivations: [sagemakerIdleEndpointListCost, sagemakerIdleEndpointListSaving, metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Endpoint, subject.item);
  if (!item.ok) return item.verdict;
  const { EndpointStatus, EndpointConfigName, ProductionVariants } = item.value;
  const running = ProductionVariants.filter((one) => (one.CurrentInstanceCount ?? 0) > 0);
  if (EndpointStatus !== 'InService' || running.length === 0) return OK;
  const minDays = limitOf(subject, IDLE_DAYS);
  const metric = { namespace: 'AWS/SageMaker', metric: 'Invocations', stats: ['Sum'], sparse: true, minDays };
  const idle = readIdleness(subject, {
    metrics: [{ ...metric, dimensions: 'any' }],
    measure: { name: 'invocations', unit: 'invocations', derivation: metricTotal },
  });
  if (!idle.ok) return idle.verdict;
  const measured = new Set(subject.series.map((one) => one.dimensions['VariantName']));
  if (running.some((one) => !measured.has(one.VariantName))) {
    return unknown('NO_METRICS', 'Not every variant of the endpoint has an Invocations series.');
  }
  const described = subject.related('SageMakerEndpointConfig').find((one) => one.resource.id === EndpointConfigName);
  const config = EndpointConfig.safeParse(described?.item).data;
  if (described === undefined || config === undefined) {
    return unknown('NOT_COLLECTED', 'The configuration of the endpoint is not in the inputs.');
  }
  const types = ProductionVariants.map(
    ({ VariantName }) => config.ProductionVariants.find((one) => one.VariantName === VariantName)?.InstanceType,
  );
  const keys = types.map((type) => `sagemaker/${subject.resource.region}/hosting/${type ?? 'serverless'}`);
  const prices = readPrices(subject, keys, 'No invocation in the look-back');
  if (!prices.ok) return prices.verdict;
  const sources = [itemSource(subject), itemSource(described)];
  const from = [...sources, ...prices.value.map(entrySource)];
  return {
    verdict: 'FINDING',
    statement:
      `The endpoint on ${types.join(', ')} had {invocations} in {days} and costs {list_cost} at list prices of ` +
      `${priceDates(prices.value)}; delete it and keep its configuration.`,
    figures: [idle.value.measured, idle.value.days],
    listCost: listCost({ derivation: sagemakerIdleEndpointListCost, from }).request,
    listSaving: listSaving({ derivation: sagemakerIdleEndpointListSaving, from }).request,
    citations: citationsOf(sources),
    confidence: '0.85',
  };
}
