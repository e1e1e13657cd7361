import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** Task definitions that services run, with CPU, memory and platform; values of environment variables are replaced before they are stored. */
export const ecsDescribeTaskDefinition = defineCollector({
  client: 'ecs',
  operation: 'DescribeTaskDefinition',
  iam: ['ecs:DescribeTaskDefinition'],
  scope: 'region',
  load: async () => {
    const { ECSClient: Client, DescribeTaskDefinitionCommand: Command } = await import('@aws-sdk/client-ecs');
    return { Client, Command };
  },
  after: ['ecs.DescribeServices'],
  inputs: ({ answers }) =>
    textsOf(answers('ecs.DescribeServices'), 'services/*/taskDefinition').map((taskDefinition) => ({ taskDefinition })),
  probe: { taskDefinition: 'infrafabric-probe' },
  serves: 'ECS-02, ECS-03',
});
