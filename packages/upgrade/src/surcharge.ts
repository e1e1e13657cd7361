import { type Decimal, citedDecimal, citedValue, formatUsd, perMonth } from '@infrafabric/finops';
import { type Cited, type Derivation, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import { UpgradeError } from './errors.ts';
import { chargedPhase } from './lifecycle.ts';
import { normalizationFactor } from './normalized-units.ts';

/**
 * Monthly extended-support surcharge of one EKS cluster: (extended - standard price per cluster-hour) x 730.
 *
 * Cites life-cycle entry, extended price, standard price. `on` is the day whose phase must be charged.
 */
export const EKS_SURCHARGE: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'eks-surcharge',
  version: 1,
  compute(cited, params) {
    const extended = rateCharged(cited, [0, 1], params);
    return formatUsd(perMonth(extended.minus(citedDecimal(cited, 2, '/usd'))));
  },
});

/** Monthly price of one EKS cluster in extended support, standard price included. Cites life-cycle entry, extended price. */
export const EKS_EXTENDED_COST: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'eks-extended-cost',
  version: 1,
  compute: (cited, params) => formatUsd(perMonth(rateCharged(cited, [0, 1], params))),
});

/**
 * Monthly extended-support surcharge of one DB instance: vCPU x rate per vCPU-hour x 730, twice with a Multi-AZ standby.
 *
 * Cites DB instance, life-cycle entry, instance type, rate. Each member of a DB cluster is a DB instance of its own, so a
 * member is never doubled.
 */
export const RDS_SURCHARGE: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'rds-surcharge',
  version: 1,
  compute: (cited, params) => formatUsd(rdsSurcharge(cited, params)),
});

/** Monthly price of one DB instance in extended support: on-demand price x 730 + surcharge. Cites what {@link RDS_SURCHARGE} cites, then the price. */
export const RDS_EXTENDED_COST: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'rds-extended-cost',
  version: 1,
  compute: (cited, params) => formatUsd(rdsSurcharge(cited, params).plus(perMonth(citedDecimal(cited, 4, '/usd')))),
});

/** Monthly surcharge of an ElastiCache Redis OSS cluster: nodes x node price x share x 730. Cites cluster, life-cycle entry, share, node price. */
export const REDIS_SURCHARGE: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'elasticache-surcharge',
  version: 1,
  compute: (cited, params) => formatUsd(nodesPerMonth(cited).times(rateCharged(cited, [1, 2], params))),
});

/** Monthly price of an ElastiCache Redis OSS cluster in extended support. Cites what {@link REDIS_SURCHARGE} cites. */
export const REDIS_EXTENDED_COST: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'elasticache-extended-cost',
  version: 1,
  compute: (cited, params) => formatUsd(nodesPerMonth(cited).times(rateCharged(cited, [1, 2], params).plus(1))),
});

/**
 * Monthly surcharge of the data nodes of an OpenSearch Service domain: nodes x normalization factor x rate x 730.
 *
 * Cites domain, life-cycle entry, rate. Dedicated master, warm and coordinator nodes are left out: a lower bound.
 */
export const OPENSEARCH_SURCHARGE: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'opensearch-surcharge',
  version: 1,
  compute(cited, params) {
    const type = citedValue(cited, 0, '/ClusterConfig/InstanceType');
    const factor = typeof type === 'string' ? normalizationFactor(type) : undefined;
    if (factor === undefined)
      throw malformed(`expected an instance type with a known size, got ${JSON.stringify(type)}`);
    const nodes = citedDecimal(cited, 0, '/ClusterConfig/InstanceCount');
    return formatUsd(perMonth(nodes.times(factor).times(rateCharged(cited, [1, 2], params))));
  },
});

function rdsSurcharge(cited: readonly Cited[], params: JsonObject): Decimal {
  const rate = rateCharged(cited, [1, 3], params);
  const instance = cited[0];
  const hasStandby = isItem(instance) && instance['MultiAZ'] === true && instance['DBClusterIdentifier'] === undefined;
  return perMonth(
    citedDecimal(cited, 2, '/vcpu')
      .times(rate)
      .times(hasStandby ? 2 : 1),
  );
}

const nodesPerMonth = (cited: readonly Cited[]): Decimal =>
  perMonth(citedDecimal(cited, 0, '/NumCacheNodes').times(citedDecimal(cited, 3, '/usd')));

/**
 * The cited rate (USD, or a share of the node price), after checking that it is the rate of the phase that the cited
 * life-cycle entry has on the day `params.on`: a year-3 rate on the wrong day is an error, not a number.
 */
function rateCharged(
  cited: readonly Cited[],
  [entryAt, rateAt]: readonly [number, number],
  params: JsonObject,
): Decimal {
  const entry = cited[entryAt];
  const { on } = params;
  if (!isItem(entry) || typeof on !== 'string') throw malformed('expected a life-cycle entry and the parameter on');
  const charged = chargedPhase(entry, on);
  const rated = citedValue(cited, rateAt, '/phase');
  if (charged === undefined || charged !== rated) {
    throw new UpgradeError('PHASE_NOT_CHARGED', {
      message: `expected the rate of the phase charged on ${on} (${charged ?? 'none'}), got ${JSON.stringify(rated)}`,
    });
  }
  const rate = cited[rateAt];
  return citedDecimal(cited, rateAt, isItem(rate) && 'share_of_node_price' in rate ? '/share_of_node_price' : '/usd');
}

const isItem = (value: Cited | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('rows' in value);

const malformed = (message: string): UpgradeError => new UpgradeError('CITED_VALUE_MALFORMED', { message });
