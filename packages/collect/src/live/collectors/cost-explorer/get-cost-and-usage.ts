import { defineCollector } from '../../collector.ts';
import { lookBack } from '../period.ts';

/**
 * Cost of each day by service and account, as billed and amortised.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetCostAndUsage = defineCollector({
  client: 'cost-explorer',
  operation: 'GetCostAndUsage',
  iam: ['ce:GetCostAndUsage'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetCostAndUsageCommand: Command } =
      await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  paging: { request: 'NextPageToken', answer: 'NextPageToken' },
  inputs: (context) => [
    {
      TimePeriod: lookBack(context),
      Granularity: 'DAILY' as const,
      Metrics: ['UnblendedCost', 'AmortizedCost', 'UsageQuantity'],
      GroupBy: [
        { Type: 'DIMENSION' as const, Key: 'SERVICE' },
        { Type: 'DIMENSION' as const, Key: 'LINKED_ACCOUNT' },
      ],
    },
  ],
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'cost by service, BIL-01, BIL-02',
});
