import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** A Kubernetes cluster with its version and upgrade policy. */
export const eksDescribeCluster = defineCollector({
  client: 'eks',
  operation: 'DescribeCluster',
  iam: ['eks:DescribeCluster'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, DescribeClusterCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  after: ['eks.ListClusters'],
  inputs: ({ answers }) => textsOf(answers('eks.ListClusters'), 'clusters/*').map((name) => ({ name })),
  probe: { name: 'infrafabric-probe' },
  serves: 'K8S-01 to K8S-03, upgrade decisions',
});
