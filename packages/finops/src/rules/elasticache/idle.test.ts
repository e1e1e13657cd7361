import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { elasticacheIdle } from './idle.ts';

const ITEM = {
  CacheClusterId: 'sessions',
  CacheClusterStatus: 'available',
  CacheNodeType: 'cache.m6g.large',
  Engine: 'redis',
  NumCacheNodes: 2,
};
const use = (value: number, days = 14) =>
  ['CacheHits', 'CacheMisses'].map((metric, line) =>
    aSeries(metric, hourly(days, value), {
      namespace: 'AWS/ElastiCache',
      stat: 'Sum',
      dimensions: { CacheClusterId: 'sessions' },
      line,
    }),
  );
const judge = (series: ReturnType<typeof use>, item: JsonObject = {}, more: object = {}) =>
  judged(
    elasticacheIdle,
    aSubject({
      of: anObserved('ElastiCacheCluster', 'sessions', { ...ITEM, ...item }),
      prices: { 'elasticache/us-east-1/redis/cache.m6g.large': '0.149' },
      series,
      ...more,
    }),
  );

it('finds what nobody used in 14 days, 217.54 a month', () => {
  expect(judge(use(0))).toStrictEqual({
    verdict: 'FINDING',
    figures: { lookups: '0', days: '14', list_cost: '217.54', list_saving: '217.54' },
  });
});

it.each([
  ['is used', use(1), {}],
  ['is being made', use(0), { CacheClusterStatus: 'creating' }],
])('says nothing when it %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', [], {}],
  ['METRICS_INCOMPLETE', use(0, 13), {}],
  ['FIELD_MISSING', use(0), { CacheNodeType: undefined }],
])('cannot know (%s)', (reason, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('has no dollars without a price', () => {
  expect(judge(use(0), {}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});

it('asks Memcached for other metrics', () => {
  expect(judge(use(0), { Engine: 'memcached' })).toStrictEqual({
    verdict: 'UNKNOWN',
    reason: 'NO_METRICS',
    figures: {},
  });
});
