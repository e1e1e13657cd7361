import { type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import { formatUsd, perMonth } from '../../money.ts';
import { unitPrice } from './prices.ts';

/** The fields of a DescribeCacheClusters cluster the rules read. */
export const CacheCluster = z.object({
  CacheClusterId: z.string(),
  CacheClusterStatus: z.string(),
  CacheNodeType: z.string(),
  Engine: z.string(),
  EngineVersion: z.string().optional(),
  NumCacheNodes: z.int().positive(),
});

/** USD a month of all nodes: cited = the cluster, the hourly price of its node. */
export const monthOfNodes = (name: string): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(perMonth(unitPrice(cited[1])).times(CacheCluster.parse(cited[0]).NumCacheNodes)),
  });

/** USD a month between two hourly node prices, for all nodes: cited = the cluster, the price paid, the price to pay. */
export const monthOfNodeDifference = (name: string): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => {
      const difference = perMonth(unitPrice(cited[1]).minus(unitPrice(cited[2])));
      return formatUsd(difference.times(CacheCluster.parse(cited[0]).NumCacheNodes));
    },
  });
