import type { BillTable } from '../bill/bill-table.ts';
import { DAY_MS, dayOf } from '../bill/charge-instant.ts';
import { formatScaled } from '../bill/decimal-column.ts';
import { linesOf } from '../bill/bill-sums.ts';
import { Decimal, sum } from '../money.ts';

/** A charge period longer than this is not a day of use: a monthly fee must not be multiplied by the days of a month. */
const DAILY_MS = 25 * 3_600_000;

/** Which amounts of a bill are looked at: a numeric column, and of all lines those that `lets` lets through. */
export interface SpendScope {
  readonly column: string;
  readonly lets?: (line: number) => boolean;
}

/** Days since the epoch: the first of a period, and the first after it. */
export interface Period {
  readonly first: number;
  readonly next: number;
}

/**
 * What a bill says about the course of spend up to a date.
 *
 * `daily` are the costs of consecutive days (days since the epoch, from `firstDay`) of usage that comes by the hour or the
 * day; only complete days before the date, a day without lines is 0. `fixed` are the charges that do not recur by the day
 * (purchases, taxes, credits, adjustments, monthly fees), each on the day its period starts.
 */
export interface DailyHistory {
  readonly firstDay: number;
  readonly daily: readonly Decimal[];
  readonly fixed: readonly { readonly day: number; readonly cost: Decimal }[];
}

/**
 * Reads the history of a scope before `asOf` (`YYYY-MM-DD`).
 *
 * Days begin with the first day of use of the whole bill and end with its last complete one: a day is complete when a charge
 * period that starts on it reaches its end; the last day with lines is dropped when none does, and so is `asOf` itself.
 * `undefined` when there is no complete day.
 */
export function dailyHistory(
  bill: BillTable,
  { column, lets = () => true }: SpendScope,
  asOf: string,
): DailyHistory | undefined {
  const today = dayOf(Date.parse(asOf));
  const span = completeDays(bill, today);
  if (span === undefined) return undefined;
  const { mantissas, scale } = bill.decimals(column);
  const usage = new Map<number, bigint>();
  const fixed = new Map<number, bigint>();
  for (const { line, day, recurs } of linesBefore(bill, today)) {
    if (lets(line)) addTo(recurs ? usage : fixed, day, mantissas[line] ?? 0n);
  }
  return {
    firstDay: span.first,
    daily: Array.from({ length: span.last - span.first + 1 }, (_, n) => amount(usage.get(span.first + n) ?? 0n, scale)),
    fixed: [...fixed].sort(([a], [b]) => a - b).map(([day, mantissa]) => ({ day, cost: amount(mantissa, scale) })),
  };
}

/** A line of the bill, the day its period starts, and whether it is usage of an hour or a day. */
interface DatedLine {
  readonly line: number;
  readonly day: number;
  readonly recurs: boolean;
}

/** Lines that start before `today`, and charges of `today` that do not recur by the day. */
function* linesBefore(bill: BillTable, today: number): Generator<DatedLine> {
  const { startMs, endMs } = bill.periods();
  const isUsage = linesOf(bill, { ChargeCategory: 'Usage' });
  for (const [line, start] of startMs.entries()) {
    const day = dayOf(start);
    const recurs = isUsage(line) && (endMs[line] ?? start) - start <= DAILY_MS;
    if (day < today || (day === today && !recurs)) yield { line, day, recurs };
  }
}

function completeDays(bill: BillTable, today: number): { first: number; last: number } | undefined {
  const { endMs } = bill.periods();
  let [first, last, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const { line, day, recurs } of linesBefore(bill, today)) {
    if (!recurs) continue;
    if (day > last) end = 0;
    first = Math.min(first, day);
    last = Math.max(last, day);
    if (day === last) end = Math.max(end, endMs[line] ?? 0);
  }
  if (last < first) return undefined;
  const complete = end >= (last + 1) * DAY_MS ? last : last - 1;
  return complete < first ? undefined : { first, last: complete };
}

function addTo(totals: Map<number, bigint>, day: number, cost: bigint): void {
  totals.set(day, (totals.get(day) ?? 0n) + cost);
}

const amount = (mantissa: bigint, scale: number): Decimal => new Decimal(formatScaled(mantissa, scale));

/** The last complete day of a history, in days since the epoch. */
export const lastDayOf = ({ firstDay, daily }: DailyHistory): number => firstDay + daily.length - 1;

/** What the days of a period have cost up to the last complete day, charges that do not recur by the day included. */
export function spentIn({ firstDay, daily, fixed }: DailyHistory, { first, next }: Period): Decimal {
  const isInside = (day: number): boolean => day >= first && day < next;
  const used = daily.filter((_, n) => isInside(firstDay + n));
  return sum([...used, ...fixed.filter(({ day }) => isInside(day)).map(({ cost }) => cost)]);
}
