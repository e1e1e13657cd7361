import { defineCollector } from '../../collector.ts';

/** Replication groups with their members. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const elasticacheDescribeReplicationGroups = defineCollector({
  client: 'elasticache',
  operation: 'DescribeReplicationGroups',
  iam: ['elasticache:DescribeReplicationGroups'],
  scope: 'region',
  load: async () => {
    const { ElastiCacheClient: Client, DescribeReplicationGroupsCommand: Command } =
      await import('@aws-sdk/client-elasticache');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  serves: 'CCH-03, CCH-05',
});
