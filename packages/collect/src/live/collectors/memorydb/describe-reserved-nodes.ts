import { defineCollector } from '../../collector.ts';

/** Reserved MemoryDB nodes that the account bought. Pages: botocore 1.44.5 model, 2026-11-20. */
export const memorydbDescribeReservedNodes = defineCollector({
  client: 'memorydb',
  operation: 'DescribeReservedNodes',
  iam: ['memorydb:DescribeReservedNodes'],
  scope: 'region',
  load: async () => {
    const { MemoryDBClient: Client, DescribeReservedNodesCommand: Command } = await import('@aws-sdk/client-memorydb');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken' },
  serves: 'COM-01, COM-05, COM-06',
});
