import { anomalyClaims } from '../anomalies/anomaly-claims.ts';
import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import type { SpendResult } from '../budget/account-spend.ts';
import { coveredDays, spanText } from './compared-days.ts';
import { whereMoneyGoes } from './where-money-goes.ts';

/**
 * The course of spend by a bill on `asOf`: how months and days compare, and what stands out.
 *
 * What the bill is too short for is one note `SPEND_HISTORY_SHORT`, with what each of it takes.
 */
export function spendCourse(cited: CitedBill, asOf: string): SpendResult {
  const parts = [whereMoneyGoes(cited, asOf), anomalyClaims(cited, asOf)];
  const unsaid = parts.flatMap((part) => part.unsaid);
  const covered = coveredDays(billOf(cited.cited), asOf);
  const days =
    covered === undefined ? 'no whole day' : `${spanText(covered)}, ${covered.last - covered.first + 1} whole days`;
  const detail = `The bill covers ${days}; not said: ${unsaid.join(', ')}.`;
  return {
    claims: parts.flatMap((part) => part.claims),
    notes: unsaid.length === 0 ? [] : [{ code: 'SPEND_HISTORY_SHORT', detail }],
  };
}
