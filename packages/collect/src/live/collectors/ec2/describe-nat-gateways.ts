import { defineCollector } from '../../collector.ts';

/** NAT gateways, also those deleted in the last hour. Pages of 5 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeNatGateways = defineCollector({
  client: 'ec2',
  operation: 'DescribeNatGateways',
  iam: ['ec2:DescribeNatGateways'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeNatGatewaysCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 5 } },
  serves: 'NET-03 to NET-05',
});
