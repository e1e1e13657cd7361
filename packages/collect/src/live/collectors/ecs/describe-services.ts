import { type InputContext, defineCollector } from '../../collector.ts';
import { batchesOf, pairsOf } from '../answered.ts';

/** Services with their counts, launch types and task definitions, at most 10 a call: botocore 1.44.5 model, 2026-11-20. */
export const ecsDescribeServices = defineCollector({
  client: 'ecs',
  operation: 'DescribeServices',
  iam: ['ecs:DescribeServices'],
  scope: 'region',
  load: async () => {
    const { ECSClient: Client, DescribeServicesCommand: Command } = await import('@aws-sdk/client-ecs');
    return { Client, Command };
  },
  after: ['ecs.ListServices'],
  inputs: servicesByCluster,
  probe: { cluster: 'infrafabric-probe', services: ['infrafabric-probe'] },
  serves: 'ECS-01 to ECS-05',
});

function servicesByCluster({ answers }: InputContext) {
  const pairs = pairsOf(answers('ecs.ListServices'), 'cluster', 'serviceArns/*');
  return [...Map.groupBy(pairs, ([cluster]) => cluster)].flatMap(([cluster, members]) =>
    batchesOf(members, 10).map((batch) => ({
      cluster,
      services: batch.map(([, service]) => service),
      include: ['TAGS' as const],
    })),
  );
}
