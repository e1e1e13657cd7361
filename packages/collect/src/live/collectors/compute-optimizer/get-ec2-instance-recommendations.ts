import { defineCollector } from '../../collector.ts';

/** What Compute Optimizer recommends for EC2 instances; an account that has not opted in has no recommendations. Pages of at most 1,000: botocore 1.44.5 model, 2026-11-20; needed actions: Service Authorization Reference, 2026-11-20. */
export const computeOptimizerGetEC2InstanceRecommendations = defineCollector({
  client: 'compute-optimizer',
  operation: 'GetEC2InstanceRecommendations',
  iam: ['compute-optimizer:GetEC2InstanceRecommendations', 'ec2:DescribeInstances'],
  scope: 'region',
  load: async () => {
    const { ComputeOptimizerClient: Client, GetEC2InstanceRecommendationsCommand: Command } =
      await import('@aws-sdk/client-compute-optimizer');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  absent: ['OptInRequiredException'],
  serves: 'a second opinion on EC2-01, EC2-02',
});
