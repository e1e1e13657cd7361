import type { BillTable } from '../bill/bill-table.ts';
import { dayOf } from '../bill/charge-instant.ts';
import { type DailyForecast, forecastDays } from '../forecast/daily-forecast.ts';
import { Decimal, sum } from '../money.ts';
import { type DailyHistory, dailyHistory, lastDayOf } from './daily-history.ts';
import { type Bounds, boundsAround, numbersOf } from './period-end.ts';

/** How far ahead spend is forecast whatever the calendar says. */
export const HORIZON_DAYS = 30;

/** A bill that ends earlier than this many days before the date says nothing of the days after it. Source: our own choice, a week. */
const MAX_DAYS_OLD = 7;

/** The 30 days after the last complete one; what does not recur by the day is not in it. */
export interface ThirtyDays {
  readonly history: DailyHistory;
  /** Days since the epoch. */
  readonly firstDay: number;
  readonly forecast: DailyForecast;
  readonly expected: Decimal;
  /** Absent when the history is too short. */
  readonly bounds?: Bounds;
}

/** Forecasts 30 days of a column of a bill; `undefined` when the bill has no complete day in the week before `asOf`. */
export function thirtyDays(bill: BillTable, column: string, asOf: string): ThirtyDays | undefined {
  const known = KNOWN.get(bill) ?? new Map<string, ThirtyDays | undefined>();
  KNOWN.set(bill, known);
  const key = `${asOf} ${column}`;
  if (!known.has(key)) known.set(key, makeThirtyDays(bill, column, asOf));
  return known.get(key);
}

const KNOWN = new WeakMap<BillTable, Map<string, ThirtyDays | undefined>>();

function makeThirtyDays(bill: BillTable, column: string, asOf: string): ThirtyDays | undefined {
  const history = dailyHistory(bill, { column }, asOf);
  if (history === undefined || lastDayOf(history) < dayOf(Date.parse(asOf)) - MAX_DAYS_OLD) return undefined;
  const forecast = forecastDays(numbersOf(history), HORIZON_DAYS);
  const expected = sum(forecast.expected.map((cost) => new Decimal(cost)));
  const bounds = boundsFor(forecast, expected, forecast.ofSum(HORIZON_DAYS));
  return { history, firstDay: lastDayOf(history) + 1, forecast, expected, ...(bounds === undefined ? {} : { bounds }) };
}

/** The expected cost of one day, in days since the epoch, with its intervals; `undefined` outside the 30 days. */
export function dayAhead(
  { forecast, firstDay }: ThirtyDays,
  day: number,
): { readonly expected: Decimal; readonly bounds: Bounds | undefined } | undefined {
  const cost = forecast.expected[day - firstDay];
  if (cost === undefined) return undefined;
  const expected = new Decimal(cost);
  return { expected, bounds: boundsFor(forecast, expected, forecast.ofDay(day - firstDay + 1)) };
}

function boundsFor(
  forecast: DailyForecast,
  ahead: Decimal,
  widths: ReturnType<DailyForecast['ofSum']>,
): Bounds | undefined {
  if (widths === undefined) return undefined;
  return boundsAround(
    { spent: new Decimal(0), ahead },
    widths,
    forecast.expected.every((cost) => cost >= 0),
  );
}
