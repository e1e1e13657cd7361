import { expect, test } from 'vitest';
import { dimensionSets, PRODUCT_METRICS, type ProductMetric } from './product-metrics.ts';

/** The units of MetricDatum (CloudWatch API Reference, 2026-11) without those of bytes and rates. */
const UNITS = new Set(['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'None']);

const metrics: readonly [string, ProductMetric][] = Object.entries(PRODUCT_METRICS);

test.each([
  [
    'InfraFabric/Agents',
    'ExecutionTime ErrorRate TokensConsumed CompletionStatus CostUsd QueueDepth DeadLetters LastProgressAge',
  ],
  ['FinOpsAnalyzer', 'AnalysisDuration ResourcesAnalyzed RecommendationsGenerated MonthlySavings AnnualSavings Errors'],
])('%s holds %s', (namespace, names) => {
  expect(metrics.filter(([, one]) => one.namespace === namespace).map(([name]) => name)).toStrictEqual(
    names.split(' '),
  );
});

test.each(metrics)('%s has a unit of CloudWatch and is told apart by at least one set of dimensions', (_, metric) => {
  expect(UNITS).toContain(metric.unit);
  expect(metric.dimensions.length).toBeGreaterThan(0);
  expect(metric.dimensions.flat()).not.toContain('SessionId');
});

test('a session is a dimension of agent metrics alone, and only when asked for', () => {
  expect(dimensionSets('ErrorRate')).toStrictEqual([['AgentRole'], ['AgentRole', 'ModelType']]);
  expect(dimensionSets('QueueDepth', true)).toStrictEqual([['AgentRole'], ['AgentRole', 'SessionId']]);
  expect(dimensionSets('Errors', true)).toStrictEqual([[], ['ErrorType'], ['ErrorType', 'Region']]);
});
