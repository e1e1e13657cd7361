import { defineCollector } from '../../collector.ts';

/** What Compute Optimizer recommends for ECS services on Fargate; an account that has not opted in has no recommendations. Pages of at most 1,000: botocore 1.43.11 model, 2026-11-21; needed actions: Compute Optimizer User Guide, Identity and access management, 2026-11-21. */
export const computeOptimizerGetECSServiceRecommendations = defineCollector({
  client: 'compute-optimizer',
  operation: 'GetECSServiceRecommendations',
  iam: ['compute-optimizer:GetECSServiceRecommendations', 'ecs:ListServices', 'ecs:ListClusters'],
  scope: 'region',
  load: async () => {
    const { ComputeOptimizerClient: Client, GetECSServiceRecommendationsCommand: Command } =
      await import('@aws-sdk/client-compute-optimizer');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  absent: ['OptInRequiredException'],
  serves: 'a second opinion on ECS-01 to ECS-05',
});
