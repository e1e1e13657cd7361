import { defineCollector } from '../../collector.ts';

/** MemoryDB clusters. Pages: MemoryDB API Reference, 2026-11-20. */
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
