import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import { linesOf } from '../bill/bill-sums.ts';
import type { BillTable } from '../bill/bill-table.ts';
import { dayOf, dayText, monthOf } from '../bill/charge-instant.ts';
import { FinopsError } from '../errors.ts';
import { type DaySpan, LATE_DAYS } from './judged-days.ts';

/** Two spans of days to compare; the later one is `after`. */
export interface ComparedDays {
  /** Whole months, or the same days of two months, or days of the same number. */
  readonly kind: 'months' | 'same-days' | 'days';
  readonly before: DaySpan;
  readonly after: DaySpan;
}

/**
 * The days a bill covers on `asOf`, by its usage, or by all its lines when it has none: from the first day a charge starts on to
 * the last that charges reach the end of, without days that are still late. `undefined` when there is none.
 */
export function coveredDays(bill: BillTable, asOf: string): DaySpan | undefined {
  const isUsage = linesOf(bill, { ChargeCategory: 'Usage' });
  const { startMs, endMs } = bill.periods();
  const lines = [...startMs.keys()];
  const counted = lines.some(isUsage) ? lines.filter(isUsage) : lines;
  let [first, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of counted) {
    first = Math.min(first, startMs[line] ?? 0);
    end = Math.max(end, endMs[line] ?? 0);
  }
  const last = Math.min(dayOf(end) - 1, dayOf(Date.parse(asOf)) - LATE_DAYS);
  return last < dayOf(first) ? undefined : { first: dayOf(first), last };
}

/** The months of which every day is covered, oldest first. */
export function fullMonths({ first, last }: DaySpan): DaySpan[] {
  const months: DaySpan[] = [];
  for (let month = monthOf(first); month.first <= last; month = monthOf(month.next)) {
    if (month.first >= first && month.next - 1 <= last) months.push({ first: month.first, last: month.next - 1 });
  }
  return months;
}

/** A month against the one before it: whole when both are, else the days of it that are covered against the same days before. */
export function monthAgainstLast(covered: DaySpan, day: number): ComparedDays | undefined {
  const month = monthOf(day);
  const previous = monthOf(month.first - 1);
  const last = Math.min(month.next - 1, covered.last);
  if (last < month.first || covered.first > previous.first) return undefined;
  if (last === month.next - 1) {
    return {
      kind: 'months',
      before: { first: previous.first, last: month.first - 1 },
      after: { first: month.first, last },
    };
  }
  const days = Math.min(last - month.first, previous.next - 1 - previous.first);
  return {
    kind: 'same-days',
    before: { first: previous.first, last: previous.first + days },
    after: { first: month.first, last: month.first + days },
  };
}

/** The last so many days against as many before them. */
export function lastDays({ first, last }: DaySpan, days: number): ComparedDays | undefined {
  if (last - 2 * days + 1 < first) return undefined;
  return {
    kind: 'days',
    before: { first: last - 2 * days + 1, last: last - days },
    after: { first: last - days + 1, last },
  };
}

/** A span as a reader sees it: the month when it is a whole one. */
export function spanText({ first, last }: DaySpan): string {
  const month = monthOf(first);
  if (month.first === first && month.next - 1 === last) return dayText(first).slice(0, 7);
  return first === last ? dayText(first) : `${dayText(first)} to ${dayText(last)}`;
}

/** A span as a parameter of a derivation: its first and last day. */
export const spanParam = ({ first, last }: DaySpan): JsonObject => ({ from: dayText(first), to: dayText(last) });

/** Reads {@link spanParam}. @throws FinopsError `CITED_VALUE_MISSING`. */
export function spanOf(value: JsonValue | undefined): DaySpan {
  const { from, to } = isJsonObject(value) ? value : {};
  if (typeof from === 'string' && typeof to === 'string') {
    const [first, last] = [dayOf(Date.parse(from)), dayOf(Date.parse(to))];
    if (first <= last) return { first, last };
  }
  throw new FinopsError('CITED_VALUE_MISSING', { message: 'expected a span of days, got another shape' });
}
