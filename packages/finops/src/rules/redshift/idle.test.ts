import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { redshiftIdle } from './idle.ts';

const ITEM = { ClusterIdentifier: 'dwh', ClusterStatus: 'available', NodeType: 'dc2.large', NumberOfNodes: 2 };
const use = (value: number, days = 14) =>
  ['DatabaseConnections'].map((metric, line) =>
    aSeries(metric, hourly(days, value), {
      namespace: 'AWS/Redshift',
      stat: 'Maximum',
      dimensions: { ClusterIdentifier: 'dwh' },
      line,
    }),
  );
const judge = (series: ReturnType<typeof use>, item: JsonObject = {}, more: object = {}) =>
  judged(
    redshiftIdle,
    aSubject({
      of: anObserved('RedshiftCluster', 'dwh', { ...ITEM, ...item }),
      prices: { 'redshift/us-east-1/dc2.large': '0.25' },
      series,
      ...more,
    }),
  );

it('finds what nobody used in 14 days, 365.00 a month', () => {
  expect(judge(use(0))).toStrictEqual({
    verdict: 'FINDING',
    figures: { connections_max: '0', days: '14', list_cost: '365.00', list_saving: '365.00' },
  });
});

it.each([
  ['is used', use(1), {}],
  ['is paused', use(0), { ClusterStatus: 'paused' }],
])('says nothing when it %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', [], {}],
  ['METRICS_INCOMPLETE', use(0, 13), {}],
  ['FIELD_MISSING', use(0), { NumberOfNodes: undefined }],
])('cannot know (%s)', (reason, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('has no dollars without a price', () => {
  expect(judge(use(0), {}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
