import { defineCollector } from '../../collector.ts';

/** Reserved OpenSearch instances that the account bought. Pages of at most 100: botocore 1.44.5 model, 2026-11-20. */
export const opensearchDescribeReservedInstances = defineCollector({
  client: 'opensearch',
  operation: 'DescribeReservedInstances',
  iam: ['es:DescribeReservedInstances'],
  scope: 'region',
  load: async () => {
    const { OpenSearchClient: Client, DescribeReservedInstancesCommand: Command } =
      await import('@aws-sdk/client-opensearch');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  serves: 'COM-01, COM-05, COM-06',
});
