import type { BillTable } from '../bill/bill-table.ts';
import { DAY_MS, dayOf, dayText, monthOf } from '../bill/charge-instant.ts';
import { formatScaled } from '../bill/decimal-column.ts';
import { linesOf } from '../bill/bill-sums.ts';
import { Decimal } from '../money.ts';

/** A charge period longer than this is not a day of use: a monthly fee must not be multiplied by the days of a month. */
const DAILY_MS = 25 * 3_600_000;

/**
 * What a bill says about the course of spend up to a date.
 *
 * `daily` are the costs of consecutive days (days since the epoch, from `firstDay`) of usage that comes by the hour or the
 * day; only complete days before `asOf`, a day without lines is 0. `fixed` are the charges of the month of `asOf` that do
 * not recur by the day (purchases, taxes, credits, adjustments, monthly fees), each on the day its period starts.
 */
export interface DailyHistory {
  readonly firstDay: number;
  readonly daily: readonly Decimal[];
  readonly fixed: readonly { readonly day: number; readonly cost: Decimal }[];
  /** The month of `asOf`: first day, and first day of the next. */
  readonly month: { readonly first: number; readonly next: number };
}

/**
 * Reads the history of `column` before `asOf` (`YYYY-MM-DD`).
 *
 * A day is complete when a charge period that starts on it reaches its end; the last day with lines is dropped when none
 * does, and so is `asOf` itself. `undefined` when no complete day lies in the month of `asOf`.
 */
export function dailyHistory(bill: BillTable, column: string, asOf: string): DailyHistory | undefined {
  const today = dayOf(Date.parse(asOf));
  const month = monthOf(today);
  const days = splitDays(bill, column, today);
  const last = lastCompleteDay(days);
  const firstDay = Math.min(...days.usage.keys());
  if (last === undefined || last < month.first) return undefined;
  const { scale } = bill.decimals(column);
  const daily = Array.from({ length: last - firstDay + 1 }, (_, index) =>
    amount(days.usage.get(firstDay + index) ?? 0n, scale),
  );
  const fixed = [...days.fixed]
    .filter(([day]) => day >= month.first)
    .sort(([a], [b]) => a - b)
    .map(([day, mantissa]) => ({ day, cost: amount(mantissa, scale) }));
  return { firstDay, daily, fixed, month };
}

interface Days {
  readonly usage: Map<number, bigint>;
  readonly fixed: Map<number, bigint>;
  /** The latest end of a usage line that starts on the day, in milliseconds. */
  readonly ends: Map<number, number>;
}

function splitDays(bill: BillTable, column: string, today: number): Days {
  const { mantissas } = bill.decimals(column);
  const { startMs, endMs } = bill.periods();
  const isUsage = linesOf(bill, { ChargeCategory: 'Usage' });
  const days: Days = { usage: new Map(), fixed: new Map(), ends: new Map() };
  for (const [line, start] of startMs.entries()) {
    const end = endMs[line] ?? start;
    const day = dayOf(start);
    const recurs = isUsage(line) && end - start <= DAILY_MS;
    if (day > today || (recurs && day === today)) continue;
    addTo(recurs ? days.usage : days.fixed, day, mantissas[line] ?? 0n);
    if (recurs) days.ends.set(day, Math.max(days.ends.get(day) ?? 0, end));
  }
  return days;
}

function addTo(totals: Map<number, bigint>, day: number, cost: bigint): void {
  totals.set(day, (totals.get(day) ?? 0n) + cost);
}

function lastCompleteDay({ usage, ends }: Days): number | undefined {
  if (usage.size === 0) return undefined;
  const last = Math.max(...usage.keys());
  const isComplete = (ends.get(last) ?? 0) >= (last + 1) * DAY_MS;
  if (isComplete) return last;
  return usage.size === 1 ? undefined : last - 1;
}

const amount = (mantissa: bigint, scale: number): Decimal => new Decimal(formatScaled(mantissa, scale));

/** What the month has cost up to the last complete day, fixed charges included. */
export function spentSoFar(history: DailyHistory): Decimal {
  const skip = Math.max(0, history.month.first - history.firstDay);
  const used = history.daily.slice(skip).reduce((total, cost) => total.plus(cost), new Decimal(0));
  return history.fixed.reduce((total, { cost }) => total.plus(cost), used);
}

/** The last complete day, as `YYYY-MM-DD`. */
export const lastDayText = (history: DailyHistory): string => dayText(history.firstDay + history.daily.length - 1);
