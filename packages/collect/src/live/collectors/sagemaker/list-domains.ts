import { defineCollector } from '../../collector.ts';

/** Studio domains. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const sagemakerListDomains = defineCollector({
  client: 'sagemaker',
  operation: 'ListDomains',
  iam: ['sagemaker:ListDomains'],
  scope: 'region',
  load: async () => {
    const { SageMakerClient: Client, ListDomainsCommand: Command } = await import('@aws-sdk/client-sagemaker');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  serves: 'sagemaker.DescribeDomain',
});
