import type { Phase } from './lifecycle.ts';

/**
 * Keys of the extended-support prices inside the life-cycle table.
 *
 * The form is `extended-support-price/<service>/<region>/<unit>/<phase>`. EKS and ElastiCache state one price (or one
 * share of the node price) for every commercial region, so their region is `all`; no other partition is covered by it.
 */
export const extendedPriceKey = {
  eks: (region: string, phase: Phase): string | undefined =>
    isCommercial(region) ? `${PREFIX}/eks/all/cluster-hour/${phase}` : undefined,
  rds: (engine: string, region: string, phase: Phase): string =>
    `${PREFIX}/${engine.startsWith('aurora') ? 'aurora' : 'rds'}/${region}/vcpu-hour/${phase}`,
  redis: (region: string, phase: Phase): string | undefined =>
    isCommercial(region) ? `${PREFIX}/elasticache-redis/all/node-hour/${phase}` : undefined,
  openSearch: (region: string, phase: Phase): string =>
    `${PREFIX}/opensearch/${region}/normalized-instance-hour/${phase}`,
};

const PREFIX = 'extended-support-price';

/** Whether a region is in the commercial partition: not GovCloud, China, or an isolated partition. */
const isCommercial = (region: string): boolean =>
  /^(?!us-gov-|us-iso|eu-iso)[a-z]{2}-[a-z]+-\d$/.test(region) && !region.startsWith('cn-');
