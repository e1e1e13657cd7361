import { defineCollector } from '../../collector.ts';
import { lookBack } from '../period.ts';

/**
 * Use of each reservation; an account without reservations has none.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetReservationUtilization = defineCollector({
  client: 'cost-explorer',
  operation: 'GetReservationUtilization',
  iam: ['ce:GetReservationUtilization'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetReservationUtilizationCommand: Command } =
      await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  paging: { request: 'NextPageToken', answer: 'NextPageToken' },
  inputs: (context) => [
    { TimePeriod: lookBack(context), GroupBy: [{ Type: 'DIMENSION' as const, Key: 'SUBSCRIPTION_ID' }] },
  ],
  absent: ['DataUnavailableException'],
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'COM-01',
});
