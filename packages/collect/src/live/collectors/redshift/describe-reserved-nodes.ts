import { defineCollector } from '../../collector.ts';

/** Reserved Redshift nodes that the account bought. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const redshiftDescribeReservedNodes = defineCollector({
  client: 'redshift',
  operation: 'DescribeReservedNodes',
  iam: ['redshift:DescribeReservedNodes'],
  scope: 'region',
  load: async () => {
    const { RedshiftClient: Client, DescribeReservedNodesCommand: Command } = await import('@aws-sdk/client-redshift');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  serves: 'COM-01, COM-05, COM-06',
});
