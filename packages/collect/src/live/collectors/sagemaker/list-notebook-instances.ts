import { defineCollector } from '../../collector.ts';

/** Notebook instances. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const sagemakerListNotebookInstances = defineCollector({
  client: 'sagemaker',
  operation: 'ListNotebookInstances',
  iam: ['sagemaker:ListNotebookInstances'],
  scope: 'region',
  load: async () => {
    const { SageMakerClient: Client, ListNotebookInstancesCommand: Command } =
      await import('@aws-sdk/client-sagemaker');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  serves: 'ML-02',
});
