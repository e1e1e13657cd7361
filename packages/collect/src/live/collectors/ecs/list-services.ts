import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** ARNs of the services of each cluster; the answer does not name the cluster, its input does. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const ecsListServices = defineCollector({
  client: 'ecs',
  operation: 'ListServices',
  iam: ['ecs:ListServices'],
  scope: 'region',
  load: async () => {
    const { ECSClient: Client, ListServicesCommand: Command } = await import('@aws-sdk/client-ecs');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 100, least: 1 } },
  after: ['ecs.ListClusters'],
  inputs: ({ answers }) => textsOf(answers('ecs.ListClusters'), 'clusterArns/*').map((cluster) => ({ cluster })),
  probe: { cluster: 'infrafabric-probe' },
  serves: 'ecs.DescribeServices',
});
