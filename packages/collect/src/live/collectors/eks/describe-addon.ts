import { defineCollector } from '../../collector.ts';
import { pairsOf } from '../answered.ts';

/** An add-on with its version and health. */
export const eksDescribeAddon = defineCollector({
  client: 'eks',
  operation: 'DescribeAddon',
  iam: ['eks:DescribeAddon'],
  scope: 'region',
  load: async () => {
    const { EKSClient: Client, DescribeAddonCommand: Command } = await import('@aws-sdk/client-eks');
    return { Client, Command };
  },
  after: ['eks.ListAddons'],
  inputs: ({ answers }) =>
    pairsOf(answers('eks.ListAddons'), 'clusterName', 'addons/*').map(([clusterName, addonName]) => ({
      clusterName,
      addonName,
    })),
  probe: { clusterName: 'infrafabric-probe', addonName: 'infrafabric-probe' },
  serves: 'upgrade decisions',
});
