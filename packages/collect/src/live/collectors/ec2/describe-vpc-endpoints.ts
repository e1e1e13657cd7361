import { defineCollector } from '../../collector.ts';

/** VPC endpoints of every kind. Pages of at most 1,000: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeVpcEndpoints = defineCollector({
  client: 'ec2',
  operation: 'DescribeVpcEndpoints',
  iam: ['ec2:DescribeVpcEndpoints'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeVpcEndpointsCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 5 } },
  serves: 'NET-04, NET-06 to NET-08',
});
