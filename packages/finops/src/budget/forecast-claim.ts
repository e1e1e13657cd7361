import { makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { billOf } from '../bill/bill-table.ts';
import { billCurrency } from '../bill/currency.ts';
import { displayFigure } from '../figures.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import type { SpendResult } from './account-spend.ts';
import { lastDayText } from './daily-history.ts';
import type { DailyForecast } from './daily-model.ts';
import { type ForecastPart, monthEndForecast } from './derivations.ts';
import type { MonthEnd } from './month-end.ts';

/** How the month of `asOf` is expected to end by BilledCost, with its method; a note when the bill cannot say. */
export function forecastResult(cited: CitedBill, month: MonthEnd | undefined, asOf: string): SpendResult {
  if (month === undefined) {
    const detail = `The bill has no complete day of use in ${asOf.slice(0, 7)} before ${asOf}; the month is not forecast.`;
    return { claims: [], notes: [{ code: 'FORECAST_UNKNOWN', detail }] };
  }
  const unit = billCurrency(billOf(cited.cited));
  const figure = (name: string, part: ForecastPart) => {
    const params = { as_of: asOf, column: 'BilledCost', part };
    const figureUnit = part === 'history-days' ? 'days' : unit;
    return billFigure(cited, { name, unit: figureUnit, derivation: monthEndForecast, params });
  };
  const expected = figure('expected', 'expected');
  const spent = figure('spent', 'spent');
  const interval = month.low === undefined ? [] : [figure('low', 'low'), figure('high', 'high')];
  const range = interval.map(displayFigure).join(' to ');
  const statement =
    `${asOf.slice(0, 7)} is expected to end at ${displayFigure(expected)}` +
    `${range === '' ? ' (no interval: fewer than 14 days of history)' : `, 80 % interval ${range}`}; ` +
    `${displayFigure(spent)} up to ${lastDayText(month.history)}, then ${methodText(month.forecast)}.`;
  const claim = makeClaim({
    topic: 'forecast/month-end',
    statement,
    figures: [expected, spent, ...interval, figure('history_days', 'history-days')],
    citations: [...cited.citations],
    confidence: interval.length === 0 ? '0.50' : '0.80',
    role: 'budget',
  });
  return { claims: [claim], notes: [] };
}

function methodText({ method, windowDays }: DailyForecast): string {
  if (method === 'mean') return `the mean of the ${windowDays} days of history for each day to come`;
  const model = method === 'linear-trend' ? 'a straight line through' : 'the mean of each weekday over';
  return `${model} the last ${windowDays} days for each day to come`;
}
