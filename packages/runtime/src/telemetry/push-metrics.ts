import { CloudWatchClient, type CloudWatchClientConfig, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { identityOf, type Naming } from './metric-identity.ts';
import { openPushBuffer, type PushBuffer, type PushOptions } from './push-buffer.ts';
import type { Sample } from './sample.ts';

/** Data of one PutMetricData call; 1,000 are allowed, and 1 MB (CloudWatch API Reference, PutMetricData, 2026-11). */
const MAX_DATA = 500;

/** Sends samples with PutMetricData, each once for each set of dimensions it is recorded under. */
export function pushMetrics(
  config: CloudWatchClientConfig,
  naming: Naming,
  options: Pick<PushOptions<Sample>, 'clock' | 'onLost'>,
): PushBuffer<Sample> {
  // Endpoints other than AWS may not read a gzipped body, which the SDK sends above 10 KB.
  const client = new CloudWatchClient({ ...config, disableRequestCompression: true });
  const buffer = openPushBuffer<Sample>({
    ...options,
    batch: MAX_DATA,
    send: async (samples) => {
      const placed = samples.map((sample) => ({ sample, identity: identityOf(sample, naming) }));
      for (const [Namespace, group] of Map.groupBy(placed, ({ identity }) => identity.namespace)) {
        const data = group.flatMap(({ sample, identity }) =>
          identity.sets.map((set) => datumOf(sample, set, identity.unit)),
        );
        for (let at = 0; at < data.length; at += MAX_DATA) {
          await client.send(new PutMetricDataCommand({ Namespace, MetricData: data.slice(at, at + MAX_DATA) }));
        }
      }
    },
  });
  return { ...buffer, close: () => buffer.close().finally(() => client.destroy()) };
}

function datumOf(
  { name, value, at_ms, dimensions }: Sample,
  set: readonly (keyof Sample['dimensions'])[],
  Unit: MetricDatum['Unit'],
): MetricDatum {
  return {
    MetricName: name,
    Value: value,
    Unit,
    Timestamp: new Date(at_ms),
    Dimensions: set.map((dimension) => ({ Name: dimension, Value: dimensions[dimension] ?? '' })),
  };
}
