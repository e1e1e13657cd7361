import type { BillTable } from '../bill/bill-table.ts';
import { DAY_MS, dayOf } from '../bill/charge-instant.ts';
import { dailyUsage } from './cost-cube.ts';

/** Days, since the epoch, both included. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/**
 * How long AWS may still add to a day after its end.
 * Source: AWS Cost and Usage Report user guide, "AWS updates your report at least once a day"; read 2026-11.
 */
export const LATE_DAYS = 2;

/**
 * The days of usage of a bill that can be compared on `asOf`: from its first to the last that is complete and no longer late.
 *
 * A day is complete when a charge that starts on it reaches its end. `undefined` when there is none.
 */
export function judgedDays(bill: BillTable, asOf: string): DaySpan | undefined {
  const counts = dailyUsage(bill);
  const { startMs, endMs } = bill.periods();
  let [first, last, lastEnd] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let line = 0; line < bill.lines; line += 1) {
    if (!counts(line)) continue;
    const day = dayOf(startMs[line] ?? 0);
    if (day < first) first = day;
    if (day > last) [last, lastEnd] = [day, 0];
    if (day === last) lastEnd = Math.max(lastEnd, endMs[line] ?? 0);
  }
  const complete = lastEnd >= (last + 1) * DAY_MS ? last : last - 1;
  const judged = Math.min(complete, dayOf(Date.parse(asOf)) - LATE_DAYS);
  return judged < first ? undefined : { first, last: judged };
}
