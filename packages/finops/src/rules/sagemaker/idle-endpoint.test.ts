import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { sagemakerIdleEndpoint } from './idle-endpoint.ts';

const CONFIG = anObserved('SageMakerEndpointConfig', 'scores-1', {
  EndpointConfigName: 'scores-1',
  ProductionVariants: [{ VariantName: 'all', InstanceType: 'ml.m5.large', InitialInstanceCount: 2 }],
});
const invocations = (value: number, days = 14) => [
  aSeries('Invocations', hourly(days, value), {
    namespace: 'AWS/SageMaker',
    stat: 'Sum',
    dimensions: { EndpointName: 'scores', VariantName: 'all' },
  }),
];
const judge = (series: ReturnType<typeof invocations>, item: JsonObject = {}, more: object = {}) =>
  judged(
    sagemakerIdleEndpoint,
    aSubject({
      of: anObserved('SageMakerEndpoint', 'scores', {
        EndpointName: 'scores',
        EndpointConfigName: 'scores-1',
        EndpointStatus: 'InService',
        ProductionVariants: [{ VariantName: 'all', CurrentInstanceCount: 2 }],
        ...item,
      }),
      related: [CONFIG],
      prices: { 'sagemaker/us-east-1/hosting/ml.m5.large': '0.115' },
      series,
      ...more,
    }),
  );

it('finds an endpoint of two instances nobody invokes, 2 x 0.115 x 730', () => {
  expect(judge(invocations(0))).toStrictEqual({
    verdict: 'FINDING',
    figures: { invocations: '0', days: '14', list_cost: '167.90', list_saving: '167.90' },
  });
});

it.each([
  ['is invoked', invocations(1), {}],
  ['has failed', invocations(0), { EndpointStatus: 'Failed' }],
  ['is serverless', invocations(0), { ProductionVariants: [{ VariantName: 'all' }] }],
])('says OK of an endpoint that %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', [], {}, {}],
  [
    'NO_METRICS',
    invocations(0),
    { ProductionVariants: ['all', 'shadow'].map((VariantName) => ({ VariantName, CurrentInstanceCount: 1 })) },
    {},
  ],
  ['METRICS_INCOMPLETE', invocations(0, 13), {}, {}],
  ['NOT_COLLECTED', invocations(0), {}, { related: [] }],
  ['FIELD_MISSING', invocations(0), { ProductionVariants: undefined }, {}],
])('cannot know (%s)', (reason, series, item, more) => {
  expect(judge(series, item, more)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('has no dollars without a price', () => {
  expect(judge(invocations(0), {}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
