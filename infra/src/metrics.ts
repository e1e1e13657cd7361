import {
  dimensionSets,
  PRODUCT_METRICS,
  type MetricDimension,
  type ProductMetric,
  type ProductMetricName,
} from '@infrafabric/runtime/product-metrics';
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

/** What one drawn or watched line is. */
export interface LineOf {
  readonly dimensions?: Partial<Readonly<Record<MetricDimension, string>>>;
  readonly period?: Duration;
  readonly label?: string;
}

/**
 * A metric of the product as CloudWatch finds it: by namespace, name and exactly the dimensions it is recorded under.
 *
 * @throws RangeError when it is not recorded under these dimensions.
 */
export function productMetric(name: ProductMetricName, line: LineOf = {}): Metric {
  const { namespace, statistic }: ProductMetric = PRODUCT_METRICS[name];
  const dimensions = Object.fromEntries(Object.entries(line.dimensions ?? {}));
  const asked = Object.keys(dimensions).sort().join();
  if (!dimensionSets(name).some((set) => [...set].sort().join() === asked)) {
    throw new RangeError(`${name} is not recorded under the dimensions [${asked}]`);
  }
  return new Metric({
    namespace,
    metricName: name,
    statistic,
    period: line.period ?? Duration.minutes(5),
    ...(asked === '' ? {} : { dimensionsMap: dimensions }),
    ...(line.label === undefined ? {} : { label: line.label }),
  });
}
