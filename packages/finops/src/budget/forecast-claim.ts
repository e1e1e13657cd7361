import { type Claim, type Derivation, type Figure, type JsonObject, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { dayText } from '../bill/charge-instant.ts';
import { billCurrency } from '../bill/currency.ts';
import { displayFigure } from '../figures.ts';
import type { DailyForecast } from '../forecast/daily-forecast.ts';
import type { SpendResult } from './account-spend.ts';
import { lastDayOf } from './daily-history.ts';
import { type ForecastPart, monthEndForecast, thirtyDayForecast } from './derivations.ts';
import type { PeriodEnd } from './period-end.ts';
import { HORIZON_DAYS, type ThirtyDays } from './thirty-days.ts';

/** How the month of `asOf` is expected to end by BilledCost, with its method; a note when the bill cannot say. */
export function monthEndResult(cited: CitedBill, month: PeriodEnd | undefined, asOf: string): SpendResult {
  if (month === undefined) {
    return unknown(
      `The bill has no complete day of use in ${asOf.slice(0, 7)} before ${asOf}; the month is not forecast.`,
    );
  }
  const figure = figureMaker(cited, monthEndForecast, asOf);
  const expected = figure('expected', 'expected');
  const spent = figure('spent', 'spent');
  const { figures, words } = intervals(month.bounds !== undefined, figure);
  const until = dayText(lastDayOf(month.history));
  const statement =
    `${asOf.slice(0, 7)} is expected to end at ${displayFigure(expected)}${words}; ` +
    `${displayFigure(spent)} up to ${until}, then ${methodText(month.forecast)} for each day to come.`;
  return said('forecast/month-end', statement, [expected, spent, ...figures, ...methodFigures(month, figure)], cited);
}

/** What the 30 days after the last complete one are expected to cost by BilledCost, day by day; a note when the bill cannot say. */
export function thirtyDayResult(cited: CitedBill, ahead: ThirtyDays | undefined, asOf: string): SpendResult {
  if (ahead === undefined) {
    return unknown(
      `The bill has no complete day of use in the week before ${asOf}; the next ${HORIZON_DAYS} days are not forecast.`,
    );
  }
  const figure = figureMaker(cited, thirtyDayForecast, asOf);
  const expected = figure('expected', 'expected');
  const { figures, words } = intervals(ahead.bounds !== undefined, figure);
  const [first, last] = [ahead.firstDay, ahead.firstDay + HORIZON_DAYS - 1].map(dayText);
  const statement =
    `The ${HORIZON_DAYS} days from ${first} to ${last} are expected to cost ${displayFigure(expected)}${words}; ` +
    `${methodText(ahead.forecast)}. Charges that do not recur by the day are not in it.`;
  return said(
    'forecast/thirty-days',
    statement,
    [expected, ...figures, ...methodFigures(ahead, figure), ...dayFigures(ahead, figure)],
    cited,
  );
}

/** Each day with its interval where one is known; a mean says nothing of single days. */
function dayFigures({ firstDay, forecast }: ThirtyDays, figure: FigureOf): Figure[] {
  if (forecast.method === 'mean') return [];
  return Array.from({ length: HORIZON_DAYS }).flatMap((_, n) => {
    const day = dayText(firstDay + n);
    const parts =
      forecast.ofDay(n + 1) === undefined ? (['expected'] as const) : (['expected', 'low', 'high'] as const);
    return parts.map((part) => figure(`${part}.${day}`, part, { day }));
  });
}

type FigureOf = (name: string, part: ForecastPart, more?: JsonObject) => Figure;

function figureMaker(cited: CitedBill, derivation: Derivation, asOf: string): FigureOf {
  const currency = billCurrency(billOf(cited.cited));
  return (name, part, more = {}) => {
    const unit = UNITS[part] ?? currency;
    return billFigure(cited, { name, unit, derivation, params: { as_of: asOf, column: 'BilledCost', part, ...more } });
  };
}

const UNITS: Readonly<Partial<Record<ForecastPart, string>>> = {
  'history-days': 'days',
  origins: 'count',
  'relative-error': 'ratio',
};

function intervals(
  isKnown: boolean,
  figure: FigureOf,
): { readonly figures: readonly Figure[]; readonly words: string } {
  if (!isKnown) return { figures: [], words: ' (no interval: the history is too short to measure errors)' };
  const figures = [
    figure('low', 'low'),
    figure('high', 'high'),
    figure('low_95', 'low-95'),
    figure('high_95', 'high-95'),
  ];
  const [low, high, low95, high95] = figures.map(displayFigure);
  return { figures, words: `, 80 % interval ${low} to ${high}, 95 % interval ${low95} to ${high95}` };
}

function methodFigures({ forecast }: { readonly forecast: DailyForecast }, figure: FigureOf): Figure[] {
  const backtest = forecast.relativeError === undefined ? [] : [figure('relative_error', 'relative-error')];
  return [
    figure('history_days', 'history-days'),
    ...(forecast.origins === 0 ? [] : [figure('origins', 'origins')]),
    ...backtest,
  ];
}

function methodText({ method, words, origins, relativeError }: DailyForecast): string {
  if (method === 'mean') return words;
  if (relativeError === undefined) return `${words}, for want of days to compare methods on`;
  return method === 'seasonal-naive'
    ? `${words}: naive is better than the other methods over ${origins} backtests`
    : `${words}, the nearest method over ${origins} backtests`;
}

const unknown = (detail: string): SpendResult => ({ claims: [], notes: [{ code: 'FORECAST_UNKNOWN', detail }] });

function said(topic: string, statement: string, figures: Figure[], { citations }: CitedBill): SpendResult {
  const isBounded = figures.some(({ name }) => name === 'low');
  const confidence = isBounded ? '0.80' : '0.50';
  const claim: Claim = makeClaim({ topic, statement, figures, citations: [...citations], confidence, role: 'budget' });
  return { claims: [claim], notes: [] };
}
