import { defineCollector } from '../../collector.ts';

/** What Compute Optimizer calls idle, of every kind it looks at; an account that has not opted in has no recommendations. Pages of at most 100: botocore 1.43.11 model, 2026-11-21; its documentation names no other action than its own. */
export const computeOptimizerGetIdleRecommendations = defineCollector({
  client: 'compute-optimizer',
  operation: 'GetIdleRecommendations',
  iam: ['compute-optimizer:GetIdleRecommendations'],
  scope: 'region',
  load: async () => {
    const { ComputeOptimizerClient: Client, GetIdleRecommendationsCommand: Command } =
      await import('@aws-sdk/client-compute-optimizer');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  absent: ['OptInRequiredException'],
  serves: 'a second opinion on idle resources',
});
