import { defineCollector } from '../../collector.ts';

/** Studio applications with their status and instance type. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const sagemakerListApps = defineCollector({
  client: 'sagemaker',
  operation: 'ListApps',
  iam: ['sagemaker:ListApps'],
  scope: 'region',
  load: async () => {
    const { SageMakerClient: Client, ListAppsCommand: Command } = await import('@aws-sdk/client-sagemaker');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  serves: 'ML-03',
});
