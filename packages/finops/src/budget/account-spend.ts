import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { billCurrency } from '../bill/currency.ts';
import type { BudgetResult } from '../model/result.ts';
import { breachResult } from './breach-claim.ts';
import { categoryResult } from './category-claim.ts';
import { monthEndResult, thirtyDayResult } from './forecast-claim.ts';
import { monthEnd } from './period-end.ts';
import { spendClaims } from './spend-claims.ts';
import { thirtyDays } from './thirty-days.ts';

/** What the budget agent is asked: the only date it sees (`YYYY-MM-DD`), and a monthly budget in USD when one was given. */
export interface SpendQuestion {
  readonly asOf: string;
  readonly budgetUsd?: string | null | undefined;
}

/** Claims and notes about one aspect. */
export type SpendResult = Pick<BudgetResult, 'claims' | 'notes'>;

/**
 * What an account spends by a bill: totals of the four cost columns, BilledCost by provider, service, account, region, day and
 * category of services, how the month of `asOf` is expected to end, what the next 30 days
 * are expected to cost, and whether that breaks the budget.
 *
 * What cannot be known is a note, not a number: `FORECAST_UNKNOWN`, `BUDGET_UNKNOWN`.
 */
export function accountSpend(cited: CitedBill, question: SpendQuestion): SpendResult {
  const bill = billOf(cited.cited);
  const month = monthEnd(bill, 'BilledCost', question.asOf);
  const parts = [
    spendClaims(cited),
    categoryResult(cited),
    monthEndResult(cited, month, question.asOf),
    thirtyDayResult(cited, thirtyDays(bill, 'BilledCost', question.asOf), question.asOf),
    breachResult(cited, month, { ...question, currency: billCurrency(bill) }),
  ];
  return { claims: parts.flatMap((part) => part.claims), notes: parts.flatMap((part) => part.notes) };
}
