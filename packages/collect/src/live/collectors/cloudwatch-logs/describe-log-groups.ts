import { defineCollector } from '../../collector.ts';

/** Log groups with retention and stored bytes. Pages of 1 to 50: botocore 1.44.5 model, 2026-11-20. */
export const cloudwatchLogsDescribeLogGroups = defineCollector({
  client: 'cloudwatch-logs',
  operation: 'DescribeLogGroups',
  iam: ['logs:DescribeLogGroups'],
  scope: 'region',
  load: async () => {
    const { CloudWatchLogsClient: Client, DescribeLogGroupsCommand: Command } =
      await import('@aws-sdk/client-cloudwatch-logs');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'limit', page: 50, least: 1 } },
  serves: 'LOG-01 and other log checks, LAM-08',
});
