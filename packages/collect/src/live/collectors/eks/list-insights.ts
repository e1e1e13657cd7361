import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** What EKS itself finds about the next upgrade of each cluster. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const eksListInsights = defineCollector({
  client: 'eks',
  operation: 'ListInsights',
  iam: ['eks:ListInsights'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, ListInsightsCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  after: ['eks.ListClusters'],
  inputs: ({ answers }) => textsOf(answers('eks.ListClusters'), 'clusters/*').map((clusterName) => ({ clusterName })),
  probe: { clusterName: 'infrafabric-probe' },
  serves: 'upgrade decisions',
});
