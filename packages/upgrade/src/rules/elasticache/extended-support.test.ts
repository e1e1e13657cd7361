import { figureValues } from '@infrafabric/finops/testing';
import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { elastiCacheExtendedSupport } from './extended-support.ts';

const cluster = (item: JsonObject, more: Parameters<typeof judged>[2] = {}) =>
  judged(
    'ElastiCacheCluster',
    { Engine: 'redis', EngineVersion: '5.0.6', CacheNodeType: 'cache.m5.large', NumCacheNodes: 2, ...item },
    { prices: { 'elasticache/us-east-1/redis/cache.m5.large': '0.156' }, ...more },
  );

test.for([
  ['2026-01-31', 'OK', {}],
  // 2 x 0.156 x 730 = 227.76; x 0.80 = 182.208; x 1.80 = 409.968
  ['2026-02-01', 'FINDING', { days_left: '1095', surcharge: '182.21', list_cost: '409.97', list_saving: '182.21' }],
  // year 3: x 1.60 = 364.416; x 2.60 = 592.176
  ['2028-02-01', 'FINDING', { days_left: '365', surcharge: '364.42', list_cost: '592.18', list_saving: '364.42' }],
  ['2029-02-01', 'FINDING', {}],
] as const)('Redis OSS 5 on %s is %s', ([asOf, verdict, figures]) => {
  expect(figureValues(elastiCacheExtendedSupport, cluster({}, { asOf }))).toStrictEqual({ verdict, figures });
});

test.for([
  [{ Engine: 'memcached', EngineVersion: '1.6.22' }, 'OK'],
  [{ Engine: 'valkey', EngineVersion: '8.0' }, 'OK'],
  [{ EngineVersion: '7.1' }, 'OK'],
  [{ EngineVersion: '6.2.6' }, 'OK'],
  [{ EngineVersion: '3.2.10' }, 'Redis OSS 3.2.10 left standard support on 2023-07-31 and is past all support'],
  [{ EngineVersion: 'x' }, 'UNKNOWN FIELD_MISSING'],
  [{ Engine: '' }, 'UNKNOWN FIELD_MISSING'],
  [{ NumCacheNodes: '2' }, 'UNKNOWN FIELD_MISSING'],
  [{ CacheNodeType: 'cache.z1.large' }, 'UNKNOWN NO_PRICE'],
  [{ EngineVersion: '99.0' }, 'UNKNOWN NO_LIFECYCLE'],
] as const)('%o: %s', ([item, start]) => {
  expect(saying(elastiCacheExtendedSupport, cluster(item))).toMatch(new RegExp(`^${start}`));
});
