import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { CacheCluster, monthOfNodeDifference, monthOfNodes } from '../reading/cache-cluster.ts';
import { percentBelow } from '../reading/derivations.ts';
import { move } from '../reading/move.ts';
import { cheapest } from '../reading/prices.ts';
import { parseTypeName } from '../reading/type-names.ts';
import { OK, noPrice, readItem } from '../reading/verdicts.ts';

/** Monthly list cost of all nodes: cited = the cluster, the price of its node type. */
export const elasticacheGravitonListCost = monthOfNodes('elasticache-graviton-list-cost');

/** Monthly difference of all nodes: cited = the cluster, the price of its node type, the Graviton price. */
export const elasticacheGravitonListSaving = monthOfNodeDifference('elasticache-graviton-list-saving');

/**
 * Graviton families of an x86 series. Nodes of `m5`, `r5` and `t3` have the same usable memory; those of older generations have
 * up to a sixth more, of `m2` three tenths. Source: LeanerCloud ec2-instances-info, ElastiCache memory by node type, 2025-04.
 */
const GRAVITON: Readonly<Record<string, readonly string[]>> = { m: ['m6g', 'm7g'], r: ['r6g', 'r7g'], t: ['t4g'] };

/** A cache cluster on x86 nodes whose Graviton siblings of the same size cost less. */
export const elasticacheGraviton = defineRule({
  id: 'elasticache-graviton',
  ref: 'CCH-04',
  role: 'pricing',
  service: 'elasticache',
  title: 'Cache cluster that is cheaper on Graviton nodes',
  appliesTo: 'ElastiCacheCluster',
  reads: [],
  actionType: 'MigrateToGraviton',
  step: 'generation',
  severity: 4,
  effort: 'Low',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['elasticache:DescribeCacheClusters CacheNodeType, Engine, NumCacheNodes', 'node prices of both types'],
  formula: '(node price now - Graviton node price) x NumCacheNodes x 730',
  implementation: [
    'Check that the memory of the new node type holds the data.',
    'Change the node type in a quiet hour (ModifyCacheCluster or ModifyReplicationGroup, online for Redis OSS and Valkey).',
  ],
  rollback: 'Change the node type back.',
  documentation: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
    'https://aws.amazon.com/elasticache/pricing/',
  ],
  derivations: [elasticacheGravitonListCost, elasticacheGravitonListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(CacheCluster, subject.item);
  if (!item.ok) return item.verdict;
  const cluster = item.value;
  const families = familiesFor(cluster.CacheNodeType);
  if (cluster.CacheClusterStatus !== 'available' || families.length === 0) return OK;
  const at = `elasticache/${subject.resource.region}/${cluster.Engine}`;
  const now = subject.price(`${at}/${cluster.CacheNodeType}`);
  if (now === undefined) return noPrice(`${at}/${cluster.CacheNodeType}`);
  const size = cluster.CacheNodeType.split('.').at(2) ?? '';
  const best = cheapest(
    families.flatMap((family) => {
      const nodeType = `cache.${family}.${size}`;
      const price = subject.price(`${at}/${nodeType}`);
      return price === undefined ? [] : [{ nodeType, price }];
    }),
  );
  if (best === undefined) return noPrice(`any of ${families.join(', ')} beside ${at}/${cluster.CacheNodeType}`);
  return move(subject, {
    now,
    next: best.price,
    listCost: elasticacheGravitonListCost,
    listSaving: elasticacheGravitonListSaving,
    statement: (dates) =>
      `The ${cluster.Engine} cluster runs on ${cluster.CacheNodeType}; ${best.nodeType} costs {saving_percent} less, ` +
      `{list_saving} at list prices of ${dates}; compare the usable memory before the move.`,
    confidence: '0.85',
    target: { cache_node_type: best.nodeType },
  });
}

/** Graviton families for a node type such as `cache.m5.large`; none for Graviton, network-optimised and unknown types. */
function familiesFor(nodeType: string): readonly string[] {
  const name = parseTypeName(nodeType.replace(/^cache\./, ''));
  if (name === undefined || name.processor !== '' || name.capabilities !== '') return [];
  return GRAVITON[name.series] ?? [];
}
