import type { MetricDimension, ProductMetricName } from '../product-metrics.ts';

/** One number of a metric of the catalogue, and what it is told apart by. */
export interface Sample {
  readonly name: ProductMetricName;
  readonly value: number;
  readonly at_ms: number;
  readonly dimensions: Readonly<Partial<Record<MetricDimension, string>>>;
}
