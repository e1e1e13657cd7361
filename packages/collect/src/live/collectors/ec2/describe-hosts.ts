import { defineCollector } from '../../collector.ts';

/** Dedicated hosts with their free capacity. Pages of 5 to 500: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeHosts = defineCollector({
  client: 'ec2',
  operation: 'DescribeHosts',
  iam: ['ec2:DescribeHosts'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeHostsCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 500, least: 5 } },
  serves: 'EC2-25 idle dedicated hosts',
});
