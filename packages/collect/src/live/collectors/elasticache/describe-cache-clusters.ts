import { defineCollector } from '../../collector.ts';

/** Cache clusters with their nodes. Pages of 20 to 100: botocore 1.44.5 model, 2026-11-20. */
export const elasticacheDescribeCacheClusters = defineCollector({
  client: 'elasticache',
  operation: 'DescribeCacheClusters',
  iam: ['elasticache:DescribeCacheClusters'],
  scope: 'region',
  load: async () => {
    const { ElastiCacheClient: Client, DescribeCacheClustersCommand: Command } =
      await import('@aws-sdk/client-elasticache');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'Marker', limit: { member: 'MaxRecords', page: 100, least: 20 } },
  inputs: () => [{ ShowCacheNodeInfo: true }],
  serves: 'CCH-01 to CCH-06, engines past support',
});
