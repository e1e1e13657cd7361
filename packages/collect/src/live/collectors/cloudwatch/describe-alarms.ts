import { defineCollector } from '../../collector.ts';

/**
 * Metric and composite alarms. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20.
 * An API request beyond the free ones: 0.01 USD a thousand, Amazon CloudWatch pricing, us-east-1, 2026-11-20.
 */
export const cloudwatchDescribeAlarms = defineCollector({
  client: 'cloudwatch',
  operation: 'DescribeAlarms',
  iam: ['cloudwatch:DescribeAlarms'],
  scope: 'region',
  load: async () => {
    const { CloudWatchClient: Client, DescribeAlarmsCommand: Command } = await import('@aws-sdk/client-cloudwatch');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxRecords', page: 100, least: 1 } },
  inputs: () => [{ AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] }],
  usdPerRequest: '0.00001',
  serves: 'unused alarms',
});
