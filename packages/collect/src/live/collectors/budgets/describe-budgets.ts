import { defineCollector } from '../../collector.ts';

/** Budgets with their limits, actual and forecast spend. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const budgetsDescribeBudgets = defineCollector({
  client: 'budgets',
  operation: 'DescribeBudgets',
  iam: ['budgets:ViewBudget'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { BudgetsClient: Client, DescribeBudgetsCommand: Command } = await import('@aws-sdk/client-budgets');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  inputs: ({ account }) => [{ AccountId: account }],
  answerKind: 'cost',
  serves: 'BIL-03, GOV-01',
});
