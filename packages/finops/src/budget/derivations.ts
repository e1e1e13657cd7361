import { type Cited, type Derivation, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import { dayOfMonth } from '../bill/charge-instant.ts';
import { citedBill, textParam } from '../bill/params.ts';
import { FinopsError } from '../errors.ts';
import { Decimal, formatDecimal, formatUsd, parseDecimal } from '../money.ts';
import { type MonthEnd, breachDay, monthEnd } from './month-end.ts';

/** The parts of a month-end forecast. */
export type ForecastPart = 'expected' | 'low' | 'high' | 'spent' | 'history-days';

/** One `part` of the forecast of the month of `as_of` by `column`, in cents. Cites the whole bill. */
export const monthEndForecast = defineDerivation({
  package: 'finops',
  name: 'month-end-forecast',
  version: 1,
  compute: (cited, params) => {
    const month = citedMonth(cited, params);
    const part = textParam(params, 'part');
    if (part === 'history-days') return String(month.history.daily.length);
    const amounts = new Map([
      ['expected', month.expected],
      ['spent', month.spent],
      ['low', month.low],
      ['high', month.high],
    ]);
    return formatUsd(known(amounts.get(part), part));
  },
});

/**
 * The forecast of the month of `as_of` against `budget`: `part` is `budget`, `overrun` (forecast minus budget, negative when
 * within it), `share` (forecast in percent of the budget) or `breach-day` (day of the month). Cites the whole bill.
 */
export const budgetBreach = defineDerivation({
  package: 'finops',
  name: 'budget-breach',
  version: 1,
  compute: (cited, params) => {
    const month = citedMonth(cited, params);
    const budget = parseDecimal(params['budget']);
    const forecast = new Decimal(formatUsd(month.expected));
    const part = textParam(params, 'part');
    if (part === 'budget') return formatUsd(budget);
    if (part === 'overrun') return formatUsd(forecast.minus(budget));
    if (part === 'share') return formatDecimal(forecast.times(100).div(budget), 2);
    return String(dayOfMonth(known(part === 'breach-day' ? breachDay(month, budget) : undefined, part)));
  },
});

function citedMonth(cited: readonly Cited[], params: JsonObject): MonthEnd {
  return known(monthEnd(citedBill(cited), textParam(params, 'column'), textParam(params, 'as_of')), 'forecast');
}

function known<T>(value: T | undefined, part: string): T {
  if (value !== undefined) return value;
  throw new FinopsError('CITED_VALUE_MISSING', { message: `expected a bill that says ${part}, got one that does not` });
}

/** Every derivation of spend over time that was ever published; never removed. */
export const BUDGET_DERIVATIONS: readonly Derivation[] = [monthEndForecast, budgetBreach];
