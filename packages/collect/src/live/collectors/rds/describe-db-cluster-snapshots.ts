import { defineCollector } from '../../collector.ts';

/** Snapshots of clusters that people took; automatic ones end by themselves. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const rdsDescribeDBClusterSnapshots = defineCollector({
  client: 'rds',
  operation: 'DescribeDBClusterSnapshots',
  iam: ['rds:DescribeDBClusterSnapshots'],
  scope: 'region',
  load: async () => {
    const { RDSClient: Client, DescribeDBClusterSnapshotsCommand: Command } = await import('@aws-sdk/client-rds');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  inputs: () => [{ SnapshotType: 'manual' }],
  serves: 'RDS-13, RDS-14',
});
