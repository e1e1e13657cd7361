import { defineCollector } from '../../collector.ts';
import { dayAfter } from '../period.ts';

/**
 * What Cost Explorer expects of the next 30 days, with its 80 % interval; an account without history has none.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetCostForecast = defineCollector({
  client: 'cost-explorer',
  operation: 'GetCostForecast',
  iam: ['ce:GetCostForecast'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetCostForecastCommand: Command } =
      await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  inputs: ({ today }) => [
    {
      TimePeriod: { Start: today, End: dayAfter(today, 30) },
      Metric: 'UNBLENDED_COST' as const,
      Granularity: 'DAILY' as const,
      PredictionIntervalLevel: 80,
    },
  ],
  absent: ['DataUnavailableException'],
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'BIL-03 beside our own forecast',
});
