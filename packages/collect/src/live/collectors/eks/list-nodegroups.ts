import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** Names of the managed node groups of each cluster; the answer does not name the cluster, its input does. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const eksListNodegroups = defineCollector({
  client: 'eks',
  operation: 'ListNodegroups',
  iam: ['eks:ListNodegroups'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, ListNodegroupsCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  after: ['eks.ListClusters'],
  inputs: ({ answers }) => textsOf(answers('eks.ListClusters'), 'clusters/*').map((clusterName) => ({ clusterName })),
  probe: { clusterName: 'infrafabric-probe' },
  serves: 'eks.DescribeNodegroup, K8S-03',
});
