import { findingKey, removeOverlap } from '@infrafabric/finops';
import { aPriceTable, anInstance, anObserved, aSaving } from '@infrafabric/finops/testing';
import { expect, test } from 'vitest';
import { judge, memory, perEc2, priced } from './situation.ts';

/* Savings that add up, to the cent, through `evaluate` and the waterfall; the arithmetic stands beside each amount. */

test('feature 8: savings on one resource never exceed its cost', () => {
  const all = [
    aSaving({ rule: 'idle', id: 'i-1', step: 'terminate', saving: 10_000, cost: 10_000 }),
    aSaving({ rule: 'newer', id: 'i-1', step: 'generation', saving: 1500, cost: 10_000 }),
    aSaving({ rule: 'half', id: 'i-1', step: 'rightsize', saving: 5000, cost: 10_000 }),
    aSaving({ rule: 'newer', id: 'i-2', step: 'generation', saving: 1500, cost: 10_000 }),
    aSaving({ rule: 'half', id: 'i-2', step: 'rightsize', saving: 5000, cost: 10_000 }),
  ];
  const net = removeOverlap(
    all.map((one) => one.finding),
    all.flatMap((one) => one.claims),
  );
  const nets = all.map(({ finding }) => net.nets.get(findingKey(finding))?.effective);

  // i-1: 100.00 of 100.00, nothing left. i-2: 15.00, then half of the 85.00 left. In all 157.50 of 200.00.
  expect(nets).toStrictEqual(['100.00', '0.00', '0.00', '15.00', '42.50']);
  expect(net.totals.figures.find((one) => one.name === 'net_effective')?.value).toBe('157.50');
});

test.for([
  [
    'a node of another architecture and another engine',
    ['elasticache-graviton', 'elasticache-redis-to-valkey'],
    anObserved('ElastiCacheCluster', 'shop', {
      CacheClusterId: 'shop',
      CacheClusterStatus: 'available',
      CacheNodeType: 'cache.m5.large',
      Engine: 'redis',
      EngineVersion: '7.1.0',
      NumCacheNodes: 1,
    }),
    aPriceTable({
      'elasticache/us-east-1/redis/cache.m5.large': '0.156',
      'elasticache/us-east-1/redis/cache.m6g.large': '0.149',
      'elasticache/us-east-1/valkey/cache.m5.large': '0.1248',
    }),
    // (0.156 - 0.149) x 730 = 5.11 of 113.88; a fifth, 22.78, of the 108.77 left. Together (0.156 - 0.149 x 0.8) x 730 = 26.86.
    ['5.11', '21.76'],
  ],
  [
    'a smaller size and another architecture',
    ['ec2-graviton', 'ec2-oversized'],
    anInstance({ InstanceType: 'm5.xlarge' }),
    priced({ 'm5.xlarge': '0.192', 'm5.large': '0.096', 'm6g.xlarge': '0.154' }),
    // (0.192 - 0.154) x 730 = 27.74 of 140.16; half of the 112.42 left. Together (0.192 - 0.077) x 730 = 83.95.
    ['27.74', '56.21'],
  ],
] as const)('feature 8: %s both stand, each on what the other leaves', ([, rules, of, prices, nets]) => {
  const judged = rules.map((rule) =>
    judge(rule, of, { prices, series: [perEc2('CPUUtilization', 20, 'Maximum'), memory(20)] }),
  );
  const net = removeOverlap(
    judged.flatMap(({ finding }) => finding ?? []),
    judged.flatMap(({ claims }) => claims),
  );

  expect(judged.map(({ finding }) => net.nets.get(findingKey(finding!))?.effective)).toStrictEqual(nets);
  expect([...net.nets.values()].map((one) => one.alternative_to)).toStrictEqual([undefined, undefined]);
});

test('feature 8: a smaller size of another family and another architecture are one choice', () => {
  const prices = priced({ 'm5.2xlarge': '0.384', 'm6a.xlarge': '0.1728', 'm6g.2xlarge': '0.308' });
  const judged = ['ec2-graviton', 'ec2-oversized'].map((rule) =>
    judge(rule, anInstance({ InstanceType: 'm5.2xlarge' }), {
      prices,
      series: [perEc2('CPUUtilization', 10, 'Maximum'), memory(20)],
    }),
  );
  const net = removeOverlap(
    judged.flatMap(({ finding }) => finding ?? []),
    judged.flatMap(({ claims }) => claims),
  );

  // (0.384 - 0.1728) x 730 beats (0.384 - 0.308) x 730.
  expect(judged.map(({ finding }) => net.nets.get(findingKey(finding!))?.effective)).toStrictEqual(['0.00', '154.18']);
});
