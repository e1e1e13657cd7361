/** How many requests an API takes: `requests` in every window of `windowMs`. A request may weigh more than one. */
export interface Rate {
  readonly requests: number;
  readonly windowMs: number;
  /** Page and date, or why the number was chosen. */
  readonly source: string;
}

/** The rate of a bucket: of the client when nothing else is said, and a careful one for clients without a published limit. */
export function rateOf(bucket: string): Rate {
  return (Object.hasOwn(RATES, bucket) ? RATES[bucket] : undefined) ?? CAREFUL;
}

const CAREFUL: Rate = {
  requests: 10,
  windowMs: 1_000,
  source: 'own choice: no limit published for reads of this API, 10 a second an account and region, 2026-11-20',
};

/** Rates below what AWS allows an account in a region, so that the account's own tools keep room. */
const RATES: Readonly<Record<string, Rate>> = {
  ec2: {
    requests: 20,
    windowMs: 1_000,
    source: 'EC2 Developer Guide, Request throttling: Describe* refills 20 a second, read 2026-11-20',
  },
  'cost-explorer': {
    requests: 400,
    windowMs: 3_600_000,
    source: 'own choice within the paid budget: 400 requests an hour, 2026-11-20',
  },
  cloudwatch: {
    requests: 20,
    windowMs: 1_000,
    source:
      'CloudWatch User Guide, Service quotas: ListMetrics 25 a second, GetMetricData 50 a second, read 2026-11-20',
  },
  'cloudwatch.datapoints': {
    requests: 180_000,
    windowMs: 2_000,
    source:
      'CloudWatch User Guide, Service quotas: GetMetricData 90,000 datapoints a second for older data, read 2026-11-20',
  },
  'cloudwatch-logs': {
    requests: 5,
    windowMs: 1_000,
    source: 'CloudWatch Logs User Guide, Quotas: DescribeLogGroups 10 a second, read 2026-11-20; half of it',
  },
  organizations: {
    requests: 4,
    windowMs: 1_000,
    source: 'own choice: Organizations throttles an organisation as a whole, 2026-11-20',
  },
  'compute-optimizer': {
    requests: 5,
    windowMs: 1_000,
    source: 'own choice: 5 a second an account and region, 2026-11-20',
  },
};
