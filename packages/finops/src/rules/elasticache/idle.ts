import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { monthOfUnits } from '../reading/units.ts';
import { OK, readItem } from '../reading/verdicts.ts';
import { CacheCluster } from '../reading/cache-cluster.ts';

const IDLE_DAYS: Threshold = {
  name: 'ELASTICACHE_IDLE_DAYS',
  value: LOOK_BACK_DAYS,
  unit: 'days without a key read',
  source:
    'AWS Compute Optimizer, default look-back of idle resources 14 days, read 2026-08-21; CloudBurn, read 2026-04-09, uses the same days with a hit rate below 5 %',
};

/** Metrics of keys that were asked for, found or not, by engine. Source: ElastiCache user guide, metrics for Valkey and Redis OSS, and for Memcached, read 2026-11-21. */
const LOOKUPS = { memcached: ['GetHits', 'GetMisses'], other: ['CacheHits', 'CacheMisses'] };

const unitsOf = (item: unknown): number => CacheCluster.parse(item).NumCacheNodes;

/** Monthly list cost of all nodes. */
export const elasticacheIdleListCost = monthOfUnits('elasticache-idle-list-cost', unitsOf);

/** Deleting the cluster saves all of them. */
export const elasticacheIdleListSaving = monthOfUnits('elasticache-idle-list-saving', unitsOf);

/** A cache cluster from which no key was read. */
export const elasticacheIdle = defineRule({
  id: 'elasticache-idle',
  ref: 'CCH-01',
  role: 'rightsizing',
  service: 'elasticache',
  title: 'Cache nobody reads',
  appliesTo: 'ElastiCacheCluster',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'elasticache:DescribeCacheClusters Engine, CacheNodeType, NumCacheNodes, CacheClusterStatus',
    'AWS/ElastiCache CacheHits and CacheMisses Sum (Memcached: GetHits and GetMisses)',
    'node price by engine',
  ],
  formula: 'node price x NumCacheNodes x 730',
  implementation: [
    'Ask the owner; look at the traffic of the security group.',
    'Take a backup where the engine has one.',
    'Delete the cluster or its replication group.',
  ],
  rollback: 'Restore the backup into a new cluster; Memcached starts empty.',
  documentation: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html',
    'https://aws.amazon.com/elasticache/pricing/',
  ],
  derivations: [elasticacheIdleListCost, elasticacheIdleListSaving, metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(CacheCluster, subject.item);
  if (!item.ok) return item.verdict;
  const cluster = item.value;
  if (cluster.CacheClusterStatus !== 'available') return OK;
  const lookups = cluster.Engine === 'memcached' ? LOOKUPS.memcached : LOOKUPS.other;
  const minDays = limitOf(subject, IDLE_DAYS);
  const idle = readIdleness(subject, {
    metrics: lookups.map((metric) => ({ namespace: 'AWS/ElastiCache', metric, stats: ['Sum'], minDays })),
    measure: { name: 'lookups', unit: 'lookups', derivation: metricTotal },
  });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [`elasticache/${subject.resource.region}/${cluster.Engine}/${cluster.CacheNodeType}`],
    known: 'No key was read in the look-back',
    listCost: elasticacheIdleListCost,
    listSaving: elasticacheIdleListSaving,
    statement: (dates) =>
      `The ${cluster.Engine} cache on ${cluster.CacheNodeType} had {lookups} in {days} and costs {list_cost} at list prices of ${dates}; queues and publish-subscribe do not count as lookups, so ask before deleting it.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.70',
  });
}
