import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { elasticacheRedisToValkey } from './redis-to-valkey.ts';

const PRICES = {
  'elasticache/us-east-1/redis/cache.m6g.large': '0.149',
  'elasticache/us-east-1/valkey/cache.m6g.large': '0.1192',
};
const judge = (item: JsonObject, prices: Record<string, string> = PRICES) =>
  judged(
    elasticacheRedisToValkey,
    aSubject({
      of: anObserved('ElastiCacheCluster', 'sessions', {
        CacheClusterId: 'sessions',
        CacheClusterStatus: 'available',
        CacheNodeType: 'cache.m6g.large',
        Engine: 'redis',
        EngineVersion: '7.1.0',
        NumCacheNodes: 2,
        ...item,
      }),
      prices,
    }),
  );

describe('elasticacheRedisToValkey', () => {
  it('moves two cache.m6g.large nodes for 20.0 % less: 2 x 0.0298 x 730', () => {
    expect(judge({})).toStrictEqual({
      verdict: 'FINDING',
      figures: { saving_percent: '20.0', list_cost: '217.54', list_saving: '43.51' },
    });
  });

  it.each([
    ['runs memcached', { Engine: 'memcached' }],
    ['is too old to move without downtime', { EngineVersion: '3.2.10' }],
    ['is being deleted', { CacheClusterStatus: 'deleting' }],
  ])('says nothing about a cluster that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('says nothing where Valkey costs as much', () => {
    expect(judge({}, { ...PRICES, 'elasticache/us-east-1/valkey/cache.m6g.large': '0.149' }).verdict).toBe('OK');
  });

  it('cannot know without a price, a version or nodes', () => {
    expect(judge({}, {}).reason).toBe('NO_PRICE');
    expect(judge({ EngineVersion: undefined }).reason).toBe('FIELD_MISSING');
    expect(judge({ NumCacheNodes: undefined }).reason).toBe('FIELD_MISSING');
  });
});
