import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { billCurrency } from '../bill/currency.ts';
import type { BudgetResult } from '../model/result.ts';
import { breachResult } from './breach-claim.ts';
import { categoryResult } from './category-claim.ts';
import { forecastResult } from './forecast-claim.ts';
import { monthEnd } from './month-end.ts';
import { spendClaims } from './spend-claims.ts';

/** What the budget agent is asked: the only date it sees (`YYYY-MM-DD`), and a monthly budget in USD when one was given. */
export interface SpendQuestion {
  readonly asOf: string;
  readonly budgetUsd?: string | null | undefined;
}

/** Claims and notes about one aspect. */
export type SpendResult = Pick<BudgetResult, 'claims' | 'notes'>;

/**
 * What an account spends by a bill: totals of the four cost columns, BilledCost by provider, service, account, region, day and
 * category of services, how the month of `asOf` is expected to end, and whether that breaks the budget.
 *
 * What cannot be known is a note, not a number: `FORECAST_UNKNOWN`, `BUDGET_UNKNOWN`.
 */
export function accountSpend(cited: CitedBill, question: SpendQuestion): SpendResult {
  const bill = billOf(cited.cited);
  const month = monthEnd(bill, 'BilledCost', question.asOf);
  const parts = [
    spendClaims(cited),
    categoryResult(cited),
    forecastResult(cited, month, question.asOf),
    breachResult(cited, month, { ...question, currency: billCurrency(bill) }),
  ];
  return { claims: parts.flatMap((part) => part.claims), notes: parts.flatMap((part) => part.notes) };
}
