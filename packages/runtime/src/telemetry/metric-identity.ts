import { dimensionSets, type MetricDimension, PRODUCT_METRICS, type ProductMetric } from '../product-metrics.ts';
import type { Sample } from './sample.ts';

/** How an installation names its metrics. */
export interface Naming {
  /** Takes the place of `InfraFabric/Agents`. */
  readonly agentNamespace: string;
  /** Record agent metrics by session too; each session then is a metric CloudWatch charges for. */
  readonly bySession: boolean;
}

/** Where a sample is recorded: its namespace, its unit, and the sets of dimensions it has values for. */
export interface Identity {
  readonly namespace: string;
  readonly unit: ProductMetric['unit'];
  readonly sets: readonly (readonly MetricDimension[])[];
}

/**
 * The identity of a sample. A metric with a set for all and a set for each region takes a sample without a region for all and
 * one with a region for that region alone: the sum over regions is no second sample of the whole.
 */
export function identityOf({ name, dimensions }: Sample, { agentNamespace, bySession }: Naming): Identity {
  const { namespace, unit }: ProductMetric = PRODUCT_METRICS[name];
  const isAgents = namespace === 'InfraFabric/Agents';
  const known = dimensionSets(name, bySession).filter((set) => set.every((dimension) => dimension in dimensions));
  const isPlace = !isAgents && name !== 'Errors' && 'Region' in dimensions;
  return {
    namespace: isAgents ? agentNamespace : namespace,
    unit,
    sets: isPlace ? known.filter((set) => set.includes('Region')) : known,
  };
}
