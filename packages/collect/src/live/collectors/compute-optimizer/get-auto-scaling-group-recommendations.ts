import { defineCollector } from '../../collector.ts';

/** What Compute Optimizer recommends for Auto Scaling groups; an account that has not opted in has no recommendations. Pages of at most 1,000: botocore 1.43.11 model, 2026-11-21; needed actions: Compute Optimizer User Guide, Identity and access management, 2026-11-21. */
export const computeOptimizerGetAutoScalingGroupRecommendations = defineCollector({
  client: 'compute-optimizer',
  operation: 'GetAutoScalingGroupRecommendations',
  iam: [
    'compute-optimizer:GetAutoScalingGroupRecommendations',
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeAutoScalingInstances',
  ],
  scope: 'region',
  load: async () => {
    const { ComputeOptimizerClient: Client, GetAutoScalingGroupRecommendationsCommand: Command } =
      await import('@aws-sdk/client-compute-optimizer');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  absent: ['OptInRequiredException'],
  serves: 'a second opinion on Auto Scaling groups',
});
