import { type Cited, type Derivation, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import { dayOf, dayOfMonth } from '../bill/charge-instant.ts';
import { citedBill, textParam } from '../bill/params.ts';
import { FinopsError } from '../errors.ts';
import type { DailyForecast } from '../forecast/daily-forecast.ts';
import { Decimal, formatDecimal, formatUsd, parseDecimal } from '../money.ts';
import { type Bounds, type PeriodEnd, breachDay, breachProbability, monthEnd } from './period-end.ts';
import { dayAhead, thirtyDays } from './thirty-days.ts';

/** The ends of the intervals, by the part that asks for them. */
const BOUND_PARTS = { low: 'low', high: 'high', 'low-95': 'low95', 'high-95': 'high95' } as const;

/** The parts of every forecast. */
export type ForecastPart =
  | 'expected'
  | keyof typeof BOUND_PARTS
  | 'spent'
  | 'history-days'
  | 'origins'
  | 'relative-error';

/**
 * One `part` of the forecast of the month of `as_of` by `column`: amounts in cents, `relative-error` the mean absolute error of
 * a day in the backtest over that of seasonal-naive. Cites the whole bill.
 */
export const monthEndForecast = defineDerivation({
  package: 'finops',
  name: 'month-end-forecast',
  version: 2,
  compute: (cited, params) => {
    const month = citedMonth(cited, params);
    const part = textParam(params, 'part');
    if (part === 'spent') return formatUsd(month.spent);
    return methodPart(month, part) ?? formatUsd(amountOf(month, part));
  },
});

/**
 * One `part` of the forecast of the 30 days after the last complete one by `column`; with `day` (`YYYY-MM-DD`) of that day
 * alone. Cites the whole bill.
 */
export const thirtyDayForecast = defineDerivation({
  package: 'finops',
  name: 'thirty-day-forecast',
  version: 1,
  compute: (cited, params) => {
    const ahead = known(
      thirtyDays(citedBill(cited), textParam(params, 'column'), textParam(params, 'as_of')),
      'forecast',
    );
    const part = textParam(params, 'part');
    if (params['day'] === undefined) return methodPart(ahead, part) ?? formatUsd(amountOf(ahead, part));
    const one = known(dayAhead(ahead, dayOf(Date.parse(textParam(params, 'day')))), 'day');
    return formatUsd(amountOf(one, part));
  },
});

/**
 * The forecast of the month of `as_of` against `budget`: `part` is `budget`, `overrun` (forecast minus budget, negative when
 * within it), `share` (forecast in percent of the budget), `probability` (percent, of ending above it) or `breach-day` (day of
 * the month). Cites the whole bill.
 */
export const budgetBreach = defineDerivation({
  package: 'finops',
  name: 'budget-breach',
  version: 2,
  compute: (cited, params) => {
    const part = textParam(params, 'part');
    const value = breachPart(citedMonth(cited, params), parseDecimal(params['budget']), part);
    return part === 'breach-day' ? String(dayOfMonth(Number(value))) : value;
  },
});

/** One part of a period against a limit; `breach-day` in days since the epoch. @throws FinopsError `CITED_VALUE_MISSING`. */
export function breachPart(period: PeriodEnd, limit: Decimal, part: string): string {
  const forecast = new Decimal(formatUsd(period.expected));
  if (part === 'budget') return formatUsd(limit);
  if (part === 'overrun') return formatUsd(forecast.minus(limit));
  if (part === 'share') return formatDecimal(forecast.times(100).div(limit), 2);
  if (part === 'probability') {
    return formatDecimal(new Decimal(known(breachProbability(period, limit), part)).times(100), 1);
  }
  return String(known(part === 'breach-day' ? breachDay(period, limit) : undefined, part));
}

function citedMonth(cited: readonly Cited[], params: JsonObject): PeriodEnd {
  return known(monthEnd(citedBill(cited), textParam(params, 'column'), textParam(params, 'as_of')), 'forecast');
}

/** What a part says of the method, or nothing when it asks for an amount. */
function methodPart(
  { history, forecast }: { readonly history: { readonly daily: readonly Decimal[] }; readonly forecast: DailyForecast },
  part: string,
): string | undefined {
  if (part === 'history-days') return String(history.daily.length);
  if (part === 'origins') return String(forecast.origins);
  if (part !== 'relative-error') return undefined;
  return formatDecimal(new Decimal(known(forecast.relativeError, part)), 2);
}

/** @throws FinopsError `CITED_VALUE_MISSING` for an interval that is not known. */
export function amountOf(
  { expected, bounds }: { readonly expected: Decimal; readonly bounds?: Bounds | undefined },
  part: string,
): Decimal {
  if (part === 'expected') return expected;
  const bound = Object.entries(BOUND_PARTS).find(([name]) => name === part)?.[1];
  return known(bound === undefined ? undefined : bounds?.[bound], part);
}

/** @throws FinopsError `CITED_VALUE_MISSING`. */
export function known<T>(value: T | undefined, part: string): T {
  if (value !== undefined) return value;
  throw new FinopsError('CITED_VALUE_MISSING', { message: `expected a bill that says ${part}, got one that does not` });
}

/** Every derivation of spend over time that was ever published; never removed. */
export const BUDGET_DERIVATIONS: readonly Derivation[] = [monthEndForecast, thirtyDayForecast, budgetBreach];
