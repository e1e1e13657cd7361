import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** A Studio domain with its idle settings. */
export const sagemakerDescribeDomain = defineCollector({
  client: 'sagemaker',
  operation: 'DescribeDomain',
  iam: ['sagemaker:DescribeDomain'],
  scope: 'region',
  load: async () => {
    const { SageMakerClient: Client, DescribeDomainCommand: Command } = await import('@aws-sdk/client-sagemaker');
    return { Client, Command };
  },
  after: ['sagemaker.ListDomains'],
  inputs: ({ answers }) =>
    textsOf(answers('sagemaker.ListDomains'), 'Domains/*/DomainId').map((DomainId) => ({ DomainId })),
  probe: { DomainId: 'd-infrafabricprobe' },
  serves: 'ML-03',
});
