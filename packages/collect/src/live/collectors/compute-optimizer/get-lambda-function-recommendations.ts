import { defineCollector } from '../../collector.ts';

/** What Compute Optimizer recommends for functions; an account that has not opted in has no recommendations. Pages of at most 1,000: botocore 1.44.5 model, 2026-11-20; needed actions: Service Authorization Reference, 2026-11-20. */
export const computeOptimizerGetLambdaFunctionRecommendations = defineCollector({
  client: 'compute-optimizer',
  operation: 'GetLambdaFunctionRecommendations',
  iam: [
    'compute-optimizer:GetLambdaFunctionRecommendations',
    'lambda:ListFunctions',
    'lambda:ListProvisionedConcurrencyConfigs',
  ],
  scope: 'region',
  load: async () => {
    const { ComputeOptimizerClient: Client, GetLambdaFunctionRecommendationsCommand: Command } =
      await import('@aws-sdk/client-compute-optimizer');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  absent: ['OptInRequiredException'],
  serves: 'LAM-01',
});
