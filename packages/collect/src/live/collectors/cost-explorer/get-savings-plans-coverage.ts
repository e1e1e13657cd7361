import { defineCollector } from '../../collector.ts';
import { lookBack } from '../period.ts';

/**
 * Share of eligible spend that Savings Plans cover, day by day.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetSavingsPlansCoverage = defineCollector({
  client: 'cost-explorer',
  operation: 'GetSavingsPlansCoverage',
  iam: ['ce:GetSavingsPlansCoverage'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetSavingsPlansCoverageCommand: Command } =
      await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken' },
  inputs: (context) => [{ TimePeriod: lookBack(context), Granularity: 'DAILY' as const }],
  absent: ['DataUnavailableException'],
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'COM-03',
});
