import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Entry, Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type Decimal, formatUsd, perMonth } from '../../money.ts';
import { percentBelow } from '../reading/derivations.ts';
import { citationsOf, entrySource, figure, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { parseTypeName } from '../reading/type-names.ts';
import { OK, noPrice, readItem } from '../reading/verdicts.ts';

const CacheCluster = z.object({
  CacheClusterId: z.string(),
  CacheClusterStatus: z.string(),
  CacheNodeType: z.string(),
  Engine: z.string(),
  NumCacheNodes: z.int().positive(),
});

const define = (name: string, rate: (cited: readonly Cited[]) => Decimal): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(perMonth(rate(cited)).times(CacheCluster.parse(cited[0]).NumCacheNodes)),
  });

/** Monthly list cost of all nodes: cited = the cluster, the price of its node type. */
export const elasticacheGravitonListCost = define('elasticache-graviton-list-cost', (cited) => unitPrice(cited[1]));

/** Monthly difference of all nodes: cited = the cluster, the price of its node type, the Graviton price. */
export const elasticacheGravitonListSaving = define('elasticache-graviton-list-saving', (cited) =>
  unitPrice(cited[1]).minus(unitPrice(cited[2])),
);

/**
 * Graviton families of an x86 series. Nodes of `m5`, `r5` and `t3` have the same usable memory; those of older generations may
 * have up to an eighth more. Source: ElastiCache user guide, "Supported node types", stated 2026-11-21, page not re-read.
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
    subject,
    families.map((family) => `${at}/cache.${family}.${size}`),
  );
  if (best === undefined) return noPrice(`any of ${families.join(', ')} beside ${at}/${cluster.CacheNodeType}`);
  const source = itemSource(subject);
  const from = [source, entrySource(now), entrySource(best.price)];
  const saving = listSaving({ derivation: elasticacheGravitonListSaving, from });
  if (!saving.value.greaterThan(0)) return OK;
  const percent = figure({ name: 'saving_percent', unit: '%', derivation: percentBelow, from: from.slice(1) });
  return {
    verdict: 'FINDING',
    statement:
      `The ${cluster.Engine} cluster runs on ${cluster.CacheNodeType}; ${best.key.split('/').at(-1) ?? ''} costs {saving_percent} less, ` +
      `{list_saving} at list prices of ${priceDates([now, best.price])}; compare the usable memory before the move.`,
    figures: [percent.request],
    listCost: listCost({ derivation: elasticacheGravitonListCost, from: from.slice(0, 2) }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.85',
  };
}

/** Graviton families for a node type such as `cache.m5.large`; none for Graviton, network-optimised and unknown types. */
function familiesFor(nodeType: string): readonly string[] {
  const name = parseTypeName(nodeType.replace(/^cache\./, ''));
  if (name === undefined || name.processor !== '' || name.capabilities !== '') return [];
  return GRAVITON[name.series] ?? [];
}

/** The cheapest key that has a price; ties go to the first. */
function cheapest(
  subject: Subject,
  keys: readonly string[],
): { readonly key: string; readonly price: Entry } | undefined {
  let best: { readonly key: string; readonly price: Entry } | undefined;
  for (const key of keys) {
    const price = subject.price(key);
    if (price === undefined) continue;
    if (best === undefined || unitPrice(price.value).lessThan(unitPrice(best.price.value))) best = { key, price };
  }
  return best;
}
