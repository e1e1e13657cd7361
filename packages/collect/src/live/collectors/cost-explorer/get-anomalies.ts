import { defineCollector } from '../../collector.ts';
import { lookBack } from '../period.ts';

/**
 * Anomalies that Cost Anomaly Detection saw; it keeps 90 days. Pages: botocore 1.44.5 model, 2026-11-20.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetAnomalies = defineCollector({
  client: 'cost-explorer',
  operation: 'GetAnomalies',
  iam: ['ce:GetAnomalies'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetAnomaliesCommand: Command } = await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  paging: { request: 'NextPageToken', answer: 'NextPageToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  inputs: (context) => {
    const { Start, End } = lookBack({ ...context, days: Math.min(context.days, 90) });
    return [{ DateInterval: { StartDate: Start, EndDate: End } }];
  },
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'BIL-02 beside our own detection',
});
