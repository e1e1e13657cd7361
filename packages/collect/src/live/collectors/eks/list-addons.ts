import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** Names of the add-ons of each cluster. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const eksListAddons = defineCollector({
  client: 'eks',
  operation: 'ListAddons',
  iam: ['eks:ListAddons'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, ListAddonsCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  after: ['eks.ListClusters'],
  inputs: ({ answers }) => textsOf(answers('eks.ListClusters'), 'clusters/*').map((clusterName) => ({ clusterName })),
  probe: { clusterName: 'infrafabric-probe' },
  serves: 'eks.DescribeAddon',
});
