import { defineCollector } from '../../collector.ts';

/** Aurora and Multi-AZ clusters. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const rdsDescribeDBClusters = defineCollector({
  client: 'rds',
  operation: 'DescribeDBClusters',
  iam: ['rds:DescribeDBClusters'],
  scope: 'region',
  load: async () => {
    const { RDSClient: Client, DescribeDBClustersCommand: Command } = await import('@aws-sdk/client-rds');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  serves: 'RDS-05, RDS-16, RDS-17',
});
