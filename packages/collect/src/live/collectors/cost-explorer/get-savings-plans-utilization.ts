import { defineCollector } from '../../collector.ts';
import { lookBack } from '../period.ts';

/**
 * Use of the Savings Plans day by day; an account without plans has none. One page.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetSavingsPlansUtilization = defineCollector({
  client: 'cost-explorer',
  operation: 'GetSavingsPlansUtilization',
  iam: ['ce:GetSavingsPlansUtilization'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetSavingsPlansUtilizationCommand: Command } =
      await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  inputs: (context) => [{ TimePeriod: lookBack(context), Granularity: 'DAILY' as const }],
  absent: ['DataUnavailableException'],
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'COM-02',
});
