import { defineCollector } from '../../collector.ts';

/** EC2 instances with their devices and interfaces. Pages of 5 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeInstances = defineCollector({
  client: 'ec2',
  operation: 'DescribeInstances',
  iam: ['ec2:DescribeInstances'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeInstancesCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 5 } },
  serves: 'EC2-01 to EC2-11, EBS-03, Graviton, generations',
});
