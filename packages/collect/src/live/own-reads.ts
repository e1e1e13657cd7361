import { defineCollector } from './collector.ts';

/** Points of metrics: asked in batches, kept as `metrics.ndjson`, not as answers. Priced by `USD_PER_METRIC`. */
export const getMetricData = defineCollector({
  client: 'cloudwatch',
  operation: 'GetMetricData',
  iam: ['cloudwatch:GetMetricData'],
  scope: 'region',
  load: async () => {
    const { CloudWatchClient: Client, GetMetricDataCommand: Command } = await import('@aws-sdk/client-cloudwatch');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken' },
  probe: { StartTime: new Date(0), EndTime: new Date(3_600_000), MetricDataQueries: [] },
});

/** Which series the CloudWatch agent publishes. */
export const listMetrics = defineCollector({
  client: 'cloudwatch',
  operation: 'ListMetrics',
  iam: ['cloudwatch:ListMetrics'],
  scope: 'region',
  load: async () => {
    const { CloudWatchClient: Client, ListMetricsCommand: Command } = await import('@aws-sdk/client-cloudwatch');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken' },
});

/** The regions an account has. */
export const describeRegions = defineCollector({
  client: 'ec2',
  operation: 'DescribeRegions',
  iam: ['ec2:DescribeRegions'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { EC2Client: Client, DescribeRegionsCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
});

/** Whose credentials these are; needs no permission. */
export const getCallerIdentity = defineCollector({
  client: 'sts',
  operation: 'GetCallerIdentity',
  iam: ['sts:GetCallerIdentity'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { STSClient: Client, GetCallerIdentityCommand: Command } = await import('@aws-sdk/client-sts');
    return { Client, Command };
  },
});

/** The accounts of an organisation. */
export const listAccounts = defineCollector({
  client: 'organizations',
  operation: 'ListAccounts',
  iam: ['organizations:ListAccounts'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { OrganizationsClient: Client, ListAccountsCommand: Command } = await import('@aws-sdk/client-organizations');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 20, least: 1 } },
});

/** Reads the collection makes for itself, besides the catalogue of collectors. */
export const OWN_READS = [getMetricData, listMetrics, describeRegions, getCallerIdentity, listAccounts] as const;
