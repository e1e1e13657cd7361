import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** Names of the Fargate profiles of each cluster. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const eksListFargateProfiles = defineCollector({
  client: 'eks',
  operation: 'ListFargateProfiles',
  iam: ['eks:ListFargateProfiles'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, ListFargateProfilesCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  after: ['eks.ListClusters'],
  inputs: ({ answers }) => textsOf(answers('eks.ListClusters'), 'clusters/*').map((clusterName) => ({ clusterName })),
  probe: { clusterName: 'infrafabric-probe' },
  serves: 'K8S-03 idle clusters',
});
