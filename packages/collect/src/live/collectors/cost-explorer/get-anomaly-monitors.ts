import { defineCollector } from '../../collector.ts';

/**
 * Monitors of Cost Anomaly Detection. Pages: botocore 1.44.5 model, 2026-11-20.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetAnomalyMonitors = defineCollector({
  client: 'cost-explorer',
  operation: 'GetAnomalyMonitors',
  iam: ['ce:GetAnomalyMonitors'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetAnomalyMonitorsCommand: Command } =
      await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  paging: { request: 'NextPageToken', answer: 'NextPageToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'GOV-01',
});
