import { defineCollector } from '../../collector.ts';

/** Kubernetes versions EKS offers, with the ends of their support. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const eksDescribeClusterVersions = defineCollector({
  client: 'eks',
  operation: 'DescribeClusterVersions',
  iam: ['eks:DescribeClusterVersions'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, DescribeClusterVersionsCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  serves: 'K8S-01, K8S-02, upgrade decisions',
});
