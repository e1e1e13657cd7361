import { defineCollector } from '../../collector.ts';

/** What Cost Optimization Hub recommends, one recommendation a resource; it answers in us-east-1. Pages of at most 1,000: botocore 1.44.5 model, 2026-11-20. */
export const costOptimizationHubListRecommendations = defineCollector({
  client: 'cost-optimization-hub',
  operation: 'ListRecommendations',
  iam: ['cost-optimization-hub:ListRecommendations'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostOptimizationHubClient: Client, ListRecommendationsCommand: Command } =
      await import('@aws-sdk/client-cost-optimization-hub');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  serves: 'a second opinion on savings',
});
