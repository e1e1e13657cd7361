import { defineCollector } from '../../collector.ts';
import { batchesOf, textsOf } from '../answered.ts';

/** Container clusters with settings, statistics and tags, at most 100 a call: botocore 1.44.5 model, 2026-11-20. */
export const ecsDescribeClusters = defineCollector({
  client: 'ecs',
  operation: 'DescribeClusters',
  iam: ['ecs:DescribeClusters'],
  scope: 'region',
  load: async () => {
    const { ECSClient: Client, DescribeClustersCommand: Command } = await import('@aws-sdk/client-ecs');
    return { Client, Command };
  },
  after: ['ecs.ListClusters'],
  inputs: ({ answers }) =>
    batchesOf(textsOf(answers('ecs.ListClusters'), 'clusterArns/*'), 100).map((clusters) => ({
      clusters,
      include: ['SETTINGS', 'STATISTICS', 'TAGS'],
    })),
  probe: { clusters: ['infrafabric-probe'] },
  serves: 'ECS-06',
});
