import { defineCollector } from '../../collector.ts';

/** Auto Scaling groups with their instances. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const autoScalingDescribeAutoScalingGroups = defineCollector({
  client: 'auto-scaling',
  operation: 'DescribeAutoScalingGroups',
  iam: ['autoscaling:DescribeAutoScalingGroups'],
  scope: 'region',
  load: async () => {
    const { AutoScalingClient: Client, DescribeAutoScalingGroupsCommand: Command } =
      await import('@aws-sdk/client-auto-scaling');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxRecords', page: 100, least: 1 } },
  serves: 'EC2-12 to EC2-14, EC2-17, EC2-28',
});
