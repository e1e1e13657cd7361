import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** Where the emulator is and who makes things there. */
export interface At {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const HOUR_MS = 3_600_000;

/** Puts the same value of each metric for every hour of 14 days. */
export const putHours = (at: At, namespace: string, dimensions: Names, metrics: Values): Promise<void> =>
  put(at, { namespace, dimensions, metrics, steps: 14 * 24, stepMs: HOUR_MS });

/** Puts the same value of each metric once a day: enough where AWS publishes nothing when nothing happens. */
export const putDays = (at: At, namespace: string, dimensions: Names, metrics: Values): Promise<void> =>
  put(at, { namespace, dimensions, metrics, steps: 30, stepMs: 24 * HOUR_MS });

type Names = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, number>>;

interface Points {
  readonly namespace: string;
  readonly dimensions: Names;
  readonly metrics: Values;
  readonly steps: number;
  readonly stepMs: number;
}

async function put(at: At, { namespace, dimensions, metrics, steps, stepMs }: Points): Promise<void> {
  // The emulator takes no compressed requests.
  const client = new CloudWatchClient({ ...at, disableRequestCompression: true });
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
  for (const [MetricName, Value] of Object.entries(metrics)) {
    const MetricData = Array.from({ length: steps }, (_, n) => ({
      MetricName,
      Dimensions,
      Value,
      Timestamp: new Date(hour - n * stepMs),
    }));
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
  }
}
