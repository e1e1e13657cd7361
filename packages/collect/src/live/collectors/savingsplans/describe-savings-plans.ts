import { defineCollector } from '../../collector.ts';

/** Savings Plans that the account bought. Pages of 1 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const savingsplansDescribeSavingsPlans = defineCollector({
  client: 'savingsplans',
  operation: 'DescribeSavingsPlans',
  iam: ['savingsplans:DescribeSavingsPlans'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { SavingsplansClient: Client, DescribeSavingsPlansCommand: Command } =
      await import('@aws-sdk/client-savingsplans');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  serves: 'COM-02, COM-04, COM-06',
});
