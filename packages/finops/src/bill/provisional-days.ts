import type { BillTable } from './bill-table.ts';
import { DAY_MS, dayOf, dayText, monthOf } from './charge-instant.ts';

/**
 * How long AWS may still add to a day after its end: bills are refreshed at least once a day and usage arrives up to a day late.
 * Source: AWS Cost and Usage Report user guide, "AWS updates your report at least once a day until your charges are finalized"; read 2026-11.
 */
const LATE_DAYS = 2;

/**
 * Which days of a bill may still change on `asOf` (YYYY-MM-DD), as a sentence; nothing when none may.
 *
 * A day is provisional when it is less than {@link LATE_DAYS} days old, and every day of the month of `asOf` is until the
 * month is invoiced.
 */
export function provisionalDays(bill: BillTable, asOf: string): string | undefined {
  const today = dayOf(Date.parse(asOf));
  const { first } = monthOf(today - LATE_DAYS);
  const days = [...new Set(Array.from(bill.periods().startMs, (ms) => Math.floor(ms / DAY_MS)))].sort((a, b) => a - b);
  const open = days.filter((day) => day >= first && day <= today);
  const [from, to] = [open[0], open.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  const late = open.filter((day) => day > today - LATE_DAYS).map(dayText);
  const incomplete = late.length === 0 ? '' : `; ${late.join(' and ')} may lack whole charges`;
  return `${open.length} days from ${dayText(from)} to ${dayText(to)} are provisional: their month is not invoiced yet${incomplete}.`;
}
