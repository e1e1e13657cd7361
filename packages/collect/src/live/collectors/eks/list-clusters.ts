import { defineCollector } from '../../collector.ts';

/** Names of Kubernetes clusters. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const eksListClusters = defineCollector({
  client: 'eks',
  operation: 'ListClusters',
  iam: ['eks:ListClusters'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, ListClustersCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  serves: 'eks.DescribeCluster',
});
