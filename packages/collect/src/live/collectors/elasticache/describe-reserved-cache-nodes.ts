import { defineCollector } from '../../collector.ts';

/** Reserved cache nodes that the account bought. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const elasticacheDescribeReservedCacheNodes = defineCollector({
  client: 'elasticache',
  operation: 'DescribeReservedCacheNodes',
  iam: ['elasticache:DescribeReservedCacheNodes'],
  scope: 'region',
  load: async () => {
    const { ElastiCacheClient: Client, DescribeReservedCacheNodesCommand: Command } =
      await import('@aws-sdk/client-elasticache');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  serves: 'COM-01, COM-05, COM-06',
});
