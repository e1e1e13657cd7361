import { defineCollector } from '../../collector.ts';

/** Image repositories. Pages of 1 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const ecrDescribeRepositories = defineCollector({
  client: 'ecr',
  operation: 'DescribeRepositories',
  iam: ['ecr:DescribeRepositories'],
  scope: 'region',
  load: async () => {
    const { ECRClient: Client, DescribeRepositoriesCommand: Command } = await import('@aws-sdk/client-ecr');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  serves: 'ECR-01',
});
