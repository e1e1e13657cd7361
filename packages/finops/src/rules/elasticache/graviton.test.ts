import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { elasticacheGraviton } from './graviton.ts';

const PRICES = {
  'elasticache/us-east-1/redis/cache.m5.large': '0.156',
  'elasticache/us-east-1/redis/cache.m6g.large': '0.149',
  'elasticache/us-east-1/redis/cache.m7g.large': '0.158',
};
const judge = (item: JsonObject, prices: Record<string, string> = PRICES) =>
  judged(
    elasticacheGraviton,
    aSubject({
      of: anObserved('ElastiCacheCluster', 'sessions', {
        CacheClusterId: 'sessions',
        CacheClusterStatus: 'available',
        CacheNodeType: 'cache.m5.large',
        Engine: 'redis',
        NumCacheNodes: 2,
        ...item,
      }),
      prices,
    }),
  );

describe('elasticacheGraviton', () => {
  it('moves two cache.m5.large nodes to cache.m6g.large for 4.5 % less: 2 x 0.007 x 730', () => {
    expect(judge({})).toStrictEqual({
      verdict: 'FINDING',
      figures: { saving_percent: '4.5', list_cost: '227.76', list_saving: '10.22' },
    });
  });

  it.each([
    ['is on Graviton', { CacheNodeType: 'cache.m6g.large' }],
    ['is on a type without a Graviton sibling', { CacheNodeType: 'cache.c1.xlarge' }],
    ['is being modified', { CacheClusterStatus: 'modifying' }],
  ])('says nothing about a cluster that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('says nothing where Graviton costs more', () => {
    expect(judge({}, { ...PRICES, 'elasticache/us-east-1/redis/cache.m6g.large': '0.157' }).verdict).toBe('OK');
  });

  it('cannot know without both prices or the nodes', () => {
    expect(judge({}, {}).reason).toBe('NO_PRICE');
    expect(judge({}, { 'elasticache/us-east-1/redis/cache.m5.large': '0.156' }).reason).toBe('NO_PRICE');
    expect(judge({ NumCacheNodes: undefined }).reason).toBe('FIELD_MISSING');
  });
});
