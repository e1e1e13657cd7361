import { defineCollector } from '../../collector.ts';

/** ARNs of container clusters. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const ecsListClusters = defineCollector({
  client: 'ecs',
  operation: 'ListClusters',
  iam: ['ecs:ListClusters'],
  scope: 'region',
  load: async () => {
    const { ECSClient: Client, ListClustersCommand: Command } = await import('@aws-sdk/client-ecs');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  serves: 'ecs.DescribeClusters',
});
