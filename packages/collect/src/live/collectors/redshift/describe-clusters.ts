import { defineCollector } from '../../collector.ts';

/** Redshift clusters with their nodes. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const redshiftDescribeClusters = defineCollector({
  client: 'redshift',
  operation: 'DescribeClusters',
  iam: ['redshift:DescribeClusters'],
  scope: 'region',
  load: async () => {
    const { RedshiftClient: Client, DescribeClustersCommand: Command } = await import('@aws-sdk/client-redshift');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  serves: 'idle and oversized clusters',
});
