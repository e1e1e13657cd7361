import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { CacheCluster, monthOfNodeDifference, monthOfNodes } from '../reading/cache-cluster.ts';
import { percentBelow } from '../reading/derivations.ts';
import { move } from '../reading/move.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

/** Monthly list cost of all nodes: cited = the cluster, the Redis node price. */
export const elasticacheRedisToValkeyListCost = monthOfNodes('elasticache-redis-to-valkey-list-cost');

/** Monthly difference of all nodes: cited = the cluster, the Redis node price, the Valkey node price. */
export const elasticacheRedisToValkeyListSaving = monthOfNodeDifference('elasticache-redis-to-valkey-list-saving');

/** First Redis OSS major version judged: from 5.0.6 on the move is without downtime, older ones have an engine upgrade to do first. Source: ElastiCache user guide, "How to upgrade from Redis OSS to Valkey", read 2026-11-20. */
const FIRST_MAJOR = 5;

/** A Redis OSS cluster whose nodes cost less with the Valkey engine. */
export const elasticacheRedisToValkey = defineRule({
  id: 'elasticache-redis-to-valkey',
  ref: 'CCH-03',
  role: 'pricing',
  service: 'elasticache',
  title: 'Redis OSS cluster that is cheaper on Valkey',
  appliesTo: 'ElastiCacheCluster',
  reads: [],
  actionType: 'Upgrade',
  step: 'licence',
  severity: 4,
  effort: 'Medium',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'elasticache:DescribeCacheClusters Engine, EngineVersion, CacheNodeType, NumCacheNodes',
    'node prices of Redis OSS and Valkey',
  ],
  formula: '(Redis node price - Valkey node price) x NumCacheNodes x 730',
  implementation: [
    'Take a backup.',
    'Test the clients against Valkey 7.2 or later.',
    'Change the engine of the replication group to Valkey (ModifyReplicationGroup).',
  ],
  rollback: 'Not in place: restore the backup into a new Redis OSS cluster.',
  documentation: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html',
    'https://aws.amazon.com/elasticache/pricing/',
  ],
  derivations: [elasticacheRedisToValkeyListCost, elasticacheRedisToValkeyListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(CacheCluster, subject.item);
  if (!item.ok) return item.verdict;
  const cluster = item.value;
  if (cluster.Engine !== 'redis' || cluster.CacheClusterStatus !== 'available') return OK;
  const major = Number.parseInt(cluster.EngineVersion ?? '', 10);
  if (Number.isNaN(major)) return unknown('FIELD_MISSING', 'The answer has no usable EngineVersion.');
  if (major < FIRST_MAJOR) return OK;
  const at = `elasticache/${subject.resource.region}`;
  const prices = readPrices(subject, [`${at}/redis/${cluster.CacheNodeType}`, `${at}/valkey/${cluster.CacheNodeType}`]);
  if (!prices.ok) return prices.verdict;
  const [now, next] = prices.value;
  if (now === undefined || next === undefined) return OK;
  return move(subject, {
    now,
    next,
    listCost: elasticacheRedisToValkeyListCost,
    listSaving: elasticacheRedisToValkeyListSaving,
    statement: (dates) =>
      `The Redis OSS cluster runs on ${cluster.CacheNodeType}; the same nodes with Valkey cost {saving_percent} less, ` +
      `{list_saving} at list prices of ${dates}.`,
    confidence: '0.80',
  });
}
