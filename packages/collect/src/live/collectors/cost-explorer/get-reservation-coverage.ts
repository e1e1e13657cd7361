import { defineCollector } from '../../collector.ts';
import { lookBack } from '../period.ts';

/**
 * Share of running hours that reservations cover: EC2, RDS and ElastiCache, a request each.
 * A request: 0.01 USD, AWS Cost Explorer pricing, 2026-11-20.
 */
export const costExplorerGetReservationCoverage = defineCollector({
  client: 'cost-explorer',
  operation: 'GetReservationCoverage',
  iam: ['ce:GetReservationCoverage'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { CostExplorerClient: Client, GetReservationCoverageCommand: Command } =
      await import('@aws-sdk/client-cost-explorer');
    return { Client, Command };
  },
  paging: { request: 'NextPageToken', answer: 'NextPageToken' },
  inputs: (context) =>
    RESERVABLE.map((service) => ({
      TimePeriod: lookBack(context),
      Granularity: 'MONTHLY' as const,
      Filter: { Dimensions: { Key: 'SERVICE' as const, Values: [service] } },
    })),
  absent: ['DataUnavailableException'],
  usdPerRequest: '0.01',
  answerKind: 'cost',
  serves: 'COM-03',
});

/** Services as the `SERVICE` dimension of Cost Explorer spells them. Source: botocore 1.44.5 model, 2026-11-20. */
const RESERVABLE = [
  'Amazon Elastic Compute Cloud - Compute',
  'Amazon Relational Database Service',
  'Amazon ElastiCache',
] as const;
