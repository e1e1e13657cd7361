import { defineCollector } from '../../collector.ts';
import { pairsOf } from '../answered.ts';

/** A managed node group with its types, sizes, capacity type and version. */
export const eksDescribeNodegroup = defineCollector({
  client: 'eks',
  operation: 'DescribeNodegroup',
  iam: ['eks:DescribeNodegroup'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, DescribeNodegroupCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  after: ['eks.ListNodegroups'],
  inputs: ({ answers }) =>
    pairsOf(answers('eks.ListNodegroups'), 'clusterName', 'nodegroups/*').map(([clusterName, nodegroupName]) => ({
      clusterName,
      nodegroupName,
    })),
  probe: { clusterName: 'infrafabric-probe', nodegroupName: 'infrafabric-probe' },
  serves: 'K8S-04 to K8S-06, upgrade decisions',
});
