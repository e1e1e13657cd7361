import { Decimal } from '../money.ts';

/** A week, the season of daily cost. */
const WEEK = 7;

/** Below this many days no season is read and no interval given. */
const SEASONAL_MIN_DAYS = 2 * WEEK;

/** From this many days a trend is tried against the season on the last week. */
const BACKTEST_MIN_DAYS = 3 * WEEK;

/** Whole weeks looked at, at most: older days describe another estate. */
const MAX_WINDOW_DAYS = 4 * WEEK;

/** How a forecast was made: the mean of the days so far, the mean of each weekday, or a straight line. */
type Method = 'mean' | 'weekday-mean' | 'linear-trend';

/**
 * Expected daily costs: `expected[n]` is day n + 1 after the history. `halfWidth` is half the 80 % interval of their sum,
 * `undefined` when the history is too short to say.
 */
export interface DailyForecast {
  readonly method: Method;
  readonly windowDays: number;
  readonly expected: readonly Decimal[];
  readonly halfWidth: Decimal | undefined;
}

/**
 * Forecasts `horizon` days after a history of daily costs, oldest first, at least one.
 *
 * Fewer than 14 days: their mean, no interval. Otherwise the mean of each weekday over the last two to four whole weeks; with
 * three weeks or more a straight line is tried too and taken when it met the last week better (mean absolute error of a fit
 * without that week). Interval: the residuals of the fit over its degrees of freedom, widened by their lag-1 autocorrelation,
 * plus the uncertainty of the fitted means or line, times the 90 % quantile of Student's t.
 */
export function forecastDays(history: readonly Decimal[], horizon: number): DailyForecast {
  if (history.length < SEASONAL_MIN_DAYS) {
    const mean = meanOf(history);
    const expected = Array.from({ length: horizon }, () => mean);
    return { method: 'mean', windowDays: history.length, expected, halfWidth: undefined };
  }
  const method = betterMethod(history);
  const window = lastWeeks(history);
  const fit = FITS[method](window);
  const expected = Array.from({ length: horizon }, (_, index) => fit.at(window.length + index));
  return { method, windowDays: window.length, expected, halfWidth: halfWidth(window, fit, horizon) };
}

function betterMethod(history: readonly Decimal[]): 'weekday-mean' | 'linear-trend' {
  if (history.length < BACKTEST_MIN_DAYS) return 'weekday-mean';
  const window = lastWeeks(history.slice(0, -WEEK));
  const held = history.slice(-WEEK);
  const error = (fit: Fit): Decimal =>
    held.reduce((total, cost, index) => total.plus(cost.minus(fit.at(window.length + index)).abs()), new Decimal(0));
  return error(fitLine(window)).lessThan(error(fitWeekdays(window))) ? 'linear-trend' : 'weekday-mean';
}

function lastWeeks(history: readonly Decimal[]): readonly Decimal[] {
  const weeks = Math.floor(Math.min(history.length, MAX_WINDOW_DAYS) / WEEK);
  return history.slice(-weeks * WEEK);
}

/** A model of a window of days: `at(0)` is its first day; `variance(n)` is the variance of the fitted sum of n days after it, in units of the residual variance. */
interface Fit {
  readonly at: (day: number) => Decimal;
  readonly variance: (horizon: number) => Decimal;
  readonly parameters: number;
}

function fitWeekdays(window: readonly Decimal[]): Fit {
  const means = Array.from({ length: WEEK }, (_, weekday) => meanOf(window.filter((_, day) => day % WEEK === weekday)));
  const weeks = window.length / WEEK;
  return {
    at: (day) => means[day % WEEK] ?? new Decimal(0),
    variance: (horizon) => {
      const times = means.map((_, weekday) => Math.ceil((horizon - weekday) / WEEK));
      return times.reduce((total, n) => total.plus(n > 0 ? (n * n) / weeks : 0), new Decimal(0));
    },
    parameters: WEEK,
  };
}

function fitLine(window: readonly Decimal[]): Fit {
  const n = window.length;
  const middle = new Decimal(n - 1).div(2);
  const mean = meanOf(window);
  const spread = new Decimal(n).times(n * n - 1).div(12);
  const slope = window
    .reduce((total, cost, day) => total.plus(new Decimal(day).minus(middle).times(cost)), new Decimal(0))
    .div(spread);
  return {
    at: (day) => mean.plus(slope.times(new Decimal(day).minus(middle))),
    variance: (horizon) => {
      const lever = new Decimal(horizon).times(new Decimal(2 * n + horizon - 1).div(2).minus(middle));
      return new Decimal(horizon * horizon).div(n).plus(lever.pow(2).div(spread));
    },
    parameters: 2,
  };
}

const FITS = { 'weekday-mean': fitWeekdays, 'linear-trend': fitLine } as const;

function halfWidth(window: readonly Decimal[], fit: Fit, horizon: number): Decimal {
  const residuals = window.map((cost, day) => cost.minus(fit.at(day)));
  const freedom = window.length - fit.parameters;
  const squares = residuals.reduce((total, residual) => total.plus(residual.pow(2)), new Decimal(0));
  const variance = squares.div(freedom).times(new Decimal(horizon).plus(fit.variance(horizon)));
  return variance
    .times(inflation(residuals, squares))
    .sqrt()
    .times(STUDENT_T_90[freedom] ?? NORMAL_90);
}

/** How much longer runs of days stray than independent days would: (1 + r) / (1 - r), r the lag-1 autocorrelation in 0 to 0.8. */
function inflation(residuals: readonly Decimal[], squares: Decimal): Decimal {
  if (squares.isZero()) return new Decimal(1);
  const products = residuals
    .slice(1)
    .reduce((total, residual, index) => total.plus(residual.times(residuals[index] ?? 0)), new Decimal(0));
  const r = Decimal.min(Decimal.max(products.div(squares), 0), '0.8');
  return r.plus(1).div(new Decimal(1).minus(r));
}

/** The 0.90 quantile of Student's t by degrees of freedom. Source: NIST/SEMATECH e-Handbook 1.3.6.7.2, table of critical values. */
const STUDENT_T_90: Readonly<Record<number, string>> = {
  7: '1.415',
  12: '1.356',
  14: '1.345',
  19: '1.328',
  21: '1.323',
  26: '1.315',
};

/** The same of the normal distribution, the limit of the table. */
const NORMAL_90 = '1.282';

function meanOf(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), new Decimal(0)).div(values.length);
}
