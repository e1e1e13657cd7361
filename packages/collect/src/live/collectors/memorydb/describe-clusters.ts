import { defineCollector } from '../../collector.ts';

/** MemoryDB clusters. Pages: botocore 1.44.5 model, 2026-11-20. */
export const memorydbDescribeClusters = defineCollector({
  client: 'memorydb',
  operation: 'DescribeClusters',
  iam: ['memorydb:DescribeClusters'],
  scope: 'region',
  load: async () => {
    const { MemoryDBClient: Client, DescribeClustersCommand: Command } = await import('@aws-sdk/client-memorydb');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken' },
  serves: 'idle and oversized clusters',
});
