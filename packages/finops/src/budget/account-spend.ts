import type { Citation, CsvTable } from '@infrafabric/protocol';
import { billTable } from '../bill/bill-table.ts';
import { billCurrency } from '../bill/currency.ts';
import type { BudgetResult } from '../model/result.ts';
import { breachResult } from './breach-claim.ts';
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

/** The bill an aspect is read from: the parsed file, the citation of the whole of it, and the column that is forecast. */
export interface CitedBill {
  readonly table: CsvTable;
  readonly citation: Citation;
}

/**
 * What an account spends by a bill: totals of the four cost columns, BilledCost by provider, service, account, region and day,
 * how the month of `asOf` is expected to end, and whether that breaks the budget.
 *
 * `citation` names the whole file. What cannot be known is a note, not a number: `FORECAST_UNKNOWN`, `BUDGET_UNKNOWN`.
 */
export function accountSpend(table: CsvTable, citation: Citation, question: SpendQuestion): SpendResult {
  const cited = { table, citation };
  const month = monthEnd(billTable(table), 'BilledCost', question.asOf);
  const parts = [
    spendClaims(cited),
    forecastResult(cited, month, question.asOf),
    breachResult(cited, month, { ...question, currency: billCurrency(billTable(table)) }),
  ];
  return { claims: parts.flatMap((part) => part.claims), notes: parts.flatMap((part) => part.notes) };
}
