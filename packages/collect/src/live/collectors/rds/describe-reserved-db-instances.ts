import { defineCollector } from '../../collector.ts';

/** Reserved database instances that the account bought. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const rdsDescribeReservedDBInstances = defineCollector({
  client: 'rds',
  operation: 'DescribeReservedDBInstances',
  iam: ['rds:DescribeReservedDBInstances'],
  scope: 'region',
  load: async () => {
    const { RDSClient: Client, DescribeReservedDBInstancesCommand: Command } = await import('@aws-sdk/client-rds');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  serves: 'RDS-12, COM-01, COM-05, COM-06',
});
