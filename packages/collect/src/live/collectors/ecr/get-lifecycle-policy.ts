import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** The lifecycle policy of each repository; one without a policy has none. */
export const ecrGetLifecyclePolicy = defineCollector({
  client: 'ecr',
  operation: 'GetLifecyclePolicy',
  iam: ['ecr:GetLifecyclePolicy'],
  scope: 'region',
  load: async () => {
    const { ECRClient: Client, GetLifecyclePolicyCommand: Command } = await import('@aws-sdk/client-ecr');
    return { Client, Command };
  },
  after: ['ecr.DescribeRepositories'],
  inputs: ({ answers }) =>
    textsOf(answers('ecr.DescribeRepositories'), 'repositories/*/repositoryName').map((repositoryName) => ({
      repositoryName,
    })),
  absent: ['LifecyclePolicyNotFoundException'],
  probe: { repositoryName: 'infrafabric-probe' },
  serves: 'ECR-01',
});
