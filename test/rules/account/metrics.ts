import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** Where the emulator is and who makes things there. */
export interface At {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const HOUR_MS = 3_600_000;

/** Puts the same value of each metric for every hour of the last days, 14 unless told otherwise. */
export async function putHours(
  at: At,
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  metrics: Readonly<Record<string, number>>,
  days = 14,
): Promise<void> {
  // The emulator takes no compressed requests.
  const client = new CloudWatchClient({ ...at, disableRequestCompression: true });
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  for (const [MetricName, Value] of Object.entries(metrics)) {
    const MetricData = Array.from({ length: days * 24 }, (_, n) => ({
      MetricName,
      Dimensions,
      Value,
      Timestamp: new Date(hour - (n + 1) * HOUR_MS),
    }));
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
  }
}
