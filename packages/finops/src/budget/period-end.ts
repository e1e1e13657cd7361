import type { BillTable } from '../bill/bill-table.ts';
import { dayOf, monthOf } from '../bill/charge-instant.ts';
import { type DailyForecast, forecastDays, type HalfWidths } from '../forecast/daily-forecast.ts';
import { Decimal, sum } from '../money.ts';
import { type DailyHistory, type Period, type SpendScope, dailyHistory, lastDayOf, spentIn } from './daily-history.ts';

/** Farther ahead nothing is forecast. Source: our own choice, a quarter. */
const MAX_DAYS_AHEAD = 92;

/** A period as it is expected to end: what is spent so far, and what the days still to come are expected to cost. */
export interface PeriodEnd {
  readonly period: Period;
  readonly history: DailyHistory;
  readonly forecast: DailyForecast;
  /** Days of the period after the last complete one. */
  readonly daysAhead: number;
  readonly spent: Decimal;
  readonly expected: Decimal;
  /** The ends of the intervals; absent when the history is too short. */
  readonly bounds?: Bounds;
}

/** The ends of the 80 % and the 95 % interval. */
export interface Bounds {
  readonly low: Decimal;
  readonly high: Decimal;
  readonly low95: Decimal;
  readonly high95: Decimal;
}

/** Which spend is forecast, on which day, to the end of which period. */
export interface PeriodQuestion extends SpendScope {
  readonly asOf: string;
  readonly period: Period;
}

/** Forecasts a period; `undefined` when the bill has no complete day of it, or its end is more than 92 days ahead. */
export function periodEnd(bill: BillTable, question: PeriodQuestion): PeriodEnd | undefined {
  const { asOf, period } = question;
  const history = dailyHistory(bill, question, asOf);
  if (history === undefined || lastDayOf(history) < period.first) return undefined;
  const daysAhead = Math.max(0, period.next - 1 - lastDayOf(history));
  if (daysAhead > MAX_DAYS_AHEAD) return undefined;
  const forecast = forecastDays(numbersOf(history), daysAhead);
  const spent = spentIn(history, period);
  const ahead = sum(forecast.expected.map((cost) => new Decimal(cost)));
  return {
    period,
    history,
    forecast,
    daysAhead,
    spent,
    expected: spent.plus(ahead),
    ...boundsOf(forecast, daysAhead, { spent, ahead }),
  };
}

/** The end of the month of `asOf` by a column of the bill; made once for all figures. */
export function monthEnd(bill: BillTable, column: string, asOf: string): PeriodEnd | undefined {
  const known = MONTHS.get(bill) ?? new Map<string, PeriodEnd | undefined>();
  MONTHS.set(bill, known);
  const key = `${asOf} ${column}`;
  if (!known.has(key)) known.set(key, periodEnd(bill, { column, asOf, period: monthOf(dayOf(Date.parse(asOf))) }));
  return known.get(key);
}

const MONTHS = new WeakMap<BillTable, Map<string, PeriodEnd | undefined>>();

/** Costs as estimates are made of: doubles. */
export const numbersOf = ({ daily }: DailyHistory): number[] => daily.map((cost) => cost.toNumber());

function boundsOf(
  forecast: DailyForecast,
  days: number,
  sums: { readonly spent: Decimal; readonly ahead: Decimal },
): Pick<PeriodEnd, 'bounds'> {
  const widths = forecast.ofSum(days);
  if (widths === undefined) return {};
  return {
    bounds: boundsAround(
      sums,
      widths,
      forecast.expected.every((cost) => cost >= 0),
    ),
  };
}

/** The intervals around a sum of days on top of what is spent; not below it where no day is expected below 0. */
export function boundsAround(
  { spent, ahead }: { readonly spent: Decimal; readonly ahead: Decimal },
  { of80, of95 }: HalfWidths,
  isNeverNegative: boolean,
): Bounds {
  const least = isNeverNegative ? spent : new Decimal(Number.NEGATIVE_INFINITY);
  const middle = spent.plus(ahead);
  return {
    low: Decimal.max(least, middle.minus(of80)),
    high: middle.plus(of80),
    low95: Decimal.max(least, middle.minus(of95)),
    high95: middle.plus(of95),
  };
}

/**
 * The first day (since the epoch) on which the spend of the period passes `limit`: real days as they were, days to come as
 * they are expected. `undefined` when the period ends within it.
 */
export function breachDay({ history, forecast, period }: PeriodEnd, limit: Decimal): number | undefined {
  const costs = [...history.daily, ...forecast.expected.map((cost) => new Decimal(cost))];
  let total = new Decimal(0);
  for (let day = period.first; day < period.next; day += 1) {
    const fixed = history.fixed.filter((charge) => charge.day === day);
    total = fixed.reduce((spent, { cost }) => spent.plus(cost), total.plus(costs[day - history.firstDay] ?? 0));
    if (total.greaterThan(limit)) return day;
  }
  return undefined;
}

/**
 * The probability, 0 to 1, that the period ends above `limit`, by what past forecasts missed.
 *
 * Exactly 1 when it is passed already and nothing is expected to bring it back; `undefined` when the history is too short.
 */
export function breachProbability({ forecast, daysAhead, spent }: PeriodEnd, limit: Decimal): number | undefined {
  const left = limit.minus(spent).toNumber();
  if (daysAhead === 0) return left < 0 ? 1 : 0;
  if (left < 0 && forecast.expected.every((cost) => cost >= 0)) return 1;
  return forecast.sumAbove(daysAhead, left);
}
