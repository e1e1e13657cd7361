import type { BillTable } from '../bill/bill-table.ts';
import { Decimal } from '../money.ts';
import { type DailyHistory, dailyHistory, spentSoFar } from './daily-history.ts';
import { type DailyForecast, forecastDays } from './daily-model.ts';

/** A month as it is expected to end: what is spent so far, and what the days still to come are expected to cost. */
export interface MonthEnd {
  readonly history: DailyHistory;
  readonly forecast: DailyForecast;
  readonly spent: Decimal;
  readonly expected: Decimal;
  /** The ends of the 80 % interval; absent when the history is too short. */
  readonly low?: Decimal;
  readonly high?: Decimal;
}

/** Forecasts the month of `asOf` by `column`; `undefined` when the bill has no complete day of that month. */
export function monthEnd(bill: BillTable, column: string, asOf: string): MonthEnd | undefined {
  const history = dailyHistory(bill, column, asOf);
  if (history === undefined) return undefined;
  const forecast = forecastDays(history.daily, history.month.next - history.firstDay - history.daily.length);
  const spent = spentSoFar(history);
  const expected = forecast.expected.reduce((total, cost) => total.plus(cost), spent);
  const { halfWidth } = forecast;
  return {
    history,
    forecast,
    spent,
    expected,
    ...(halfWidth === undefined ? {} : { low: expected.minus(halfWidth), high: expected.plus(halfWidth) }),
  };
}

/**
 * The first day (since the epoch) on which the month's spend passes `budgetUsd`: real days as they were, days to come as they
 * are expected. `undefined` when the month ends within it.
 */
export function breachDay(month: MonthEnd, budgetUsd: Decimal): number | undefined {
  const { history, forecast } = month;
  const costs = [...history.daily, ...forecast.expected];
  let total = new Decimal(0);
  for (let day = history.month.first; day < history.month.next; day += 1) {
    const fixed = history.fixed.filter((charge) => charge.day === day);
    total = fixed.reduce((sum, { cost }) => sum.plus(cost), total.plus(costs[day - history.firstDay] ?? 0));
    if (total.greaterThan(budgetUsd)) return day;
  }
  return undefined;
}
