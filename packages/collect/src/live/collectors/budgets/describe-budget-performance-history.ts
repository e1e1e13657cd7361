import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** How a budget was kept in the past. */
export const budgetsDescribeBudgetPerformanceHistory = defineCollector({
  client: 'budgets',
  operation: 'DescribeBudgetPerformanceHistory',
  iam: ['budgets:ViewBudget'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { BudgetsClient: Client, DescribeBudgetPerformanceHistoryCommand: Command } =
      await import('@aws-sdk/client-budgets');
    return { Client, Command };
  },
  after: ['budgets.DescribeBudgets'],
  inputs: ({ account, answers }) =>
    textsOf(answers('budgets.DescribeBudgets'), 'Budgets/*/BudgetName').map((BudgetName) => ({
      AccountId: account,
      BudgetName,
    })),
  probe: { AccountId: '000000000000', BudgetName: 'infrafabric-probe' },
  serves: 'BIL-03',
});
