import { canonicalClient } from '../../inventory/catalogue.ts';
import type { InputFile } from '../../model/input.ts';

/** What AWS answers about budgets, by operation. */
const OPERATIONS = ['DescribeBudgets', 'DescribeBudgetPerformanceHistory'] as const;

/** Whether a file is an answer about budgets: the budget agent reads it, no resource stands in it. */
export const isBudgetAnswer = ({ kind, client = '', operation }: InputFile): boolean =>
  kind === 'answer' && canonicalClient(client) === 'budgets' && OPERATIONS.some((one) => one === operation);
