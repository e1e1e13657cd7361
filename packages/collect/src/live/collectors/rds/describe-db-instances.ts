import { defineCollector } from '../../collector.ts';

/** Database instances. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const rdsDescribeDBInstances = defineCollector({
  client: 'rds',
  operation: 'DescribeDBInstances',
  iam: ['rds:DescribeDBInstances'],
  scope: 'region',
  load: async () => {
    const { RDSClient: Client, DescribeDBInstancesCommand: Command } = await import('@aws-sdk/client-rds');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  serves: 'RDS-01 to RDS-15, RDS-20',
});
