import { type Backtest, backtests, bestOf, MAX_HISTORY_DAYS, MODEL_MIN_DAYS, MODELS } from './backtest.ts';
import { type Errors, errorsAt, halfWidth, probabilityAbove } from './error-bounds.ts';

/** Days compared in a backtest, at most; farther ahead errors are stretched. */
const COMPARED_DAYS = 31;

/** Half the widths of the intervals of a forecast. */
export interface HalfWidths {
  readonly of80: number;
  readonly of95: number;
}

/** What the days after a history are expected to cost, and how far off that may be. */
export interface DailyForecast {
  readonly method: 'mean' | Backtest['model']['name'];
  /** How, as a sentence says it. */
  readonly words: string;
  /** By day after the history. */
  readonly expected: readonly number[];
  /** Past days forecast again to choose the method and to measure its errors. */
  readonly origins: number;
  /** Mean absolute error of a day in the backtest, of the method over that of the baseline; absent without a backtest. */
  readonly relativeError?: number;
  /** Of the sum of the first `days` days; `undefined` when the history is too short to say. */
  readonly ofSum: (days: number) => HalfWidths | undefined;
  /** Of the cost of one day, 1 the first. */
  readonly ofDay: (day: number) => HalfWidths | undefined;
  /** The probability that the sum of the first `days` days is above `amount`; `undefined` as `ofSum`. */
  readonly sumAbove: (days: number, amount: number) => number | undefined;
}

/**
 * Forecasts `horizon` days after a history of daily costs, oldest first, at least one day.
 *
 * Fewer than 14 days: their mean, and nothing about how far off it may be. Otherwise the method that was nearest when every day
 * of the last half year was forecast from what lay before it, or the baseline when none clearly beats it; the intervals are
 * made of what that method missed then. Costs that were never below 0 are not forecast below 0.
 */
export function forecastDays(history: readonly number[], horizon: number): DailyForecast {
  const recent = history.slice(-MAX_HISTORY_DAYS);
  if (recent.length < MODEL_MIN_DAYS) return meanForecast(recent, horizon);
  const tests = backtests(recent, COMPARED_DAYS);
  const best = bestOf(tests);
  const model = best?.model ?? MODELS[0];
  const floor = recent.some((cost) => cost < 0) ? Number.NEGATIVE_INFINITY : 0;
  const expected = model.forecast(recent, horizon).map((cost) => Math.max(floor, cost));
  const sum = (days: number): number => expected.slice(0, days).reduce((total, cost) => total + cost, 0);
  const errorsOfSum = (days: number): Errors | undefined => errorsAt(best?.sums ?? [], days, 1.5);
  return {
    method: model.name,
    words: model.words,
    expected,
    origins: best?.days.length ?? 0,
    ...relativeErrorOf(tests, best),
    ofSum: (days) => widest(errorsOfSum, days),
    ofDay: (day) => widest((days) => errorsAt(best?.days ?? [], days, 0.5), day),
    sumAbove: (days, amount) => {
      const errors = errorsOfSum(days);
      return errors === undefined ? undefined : probabilityAbove(errors, amount - sum(days));
    },
  };
}

function meanForecast(history: readonly number[], horizon: number): DailyForecast {
  const mean = history.reduce((sum, cost) => sum + cost, 0) / history.length;
  return {
    method: 'mean',
    words: `the mean of the ${history.length} days of history`,
    expected: Array.from({ length: horizon }, () => mean),
    origins: 0,
    ofSum: unknown,
    ofDay: unknown,
    sumAbove: unknown,
  };
}

const unknown = (): undefined => undefined;

function relativeErrorOf(tests: readonly Backtest[], best: Backtest | undefined): { relativeError?: number } {
  const naive = tests[0]?.meanError ?? 0;
  return best === undefined || naive === 0 ? {} : { relativeError: best.meanError / naive };
}

/** The widest up to a distance: nobody knows more about a farther day. */
function widest(errors: (days: number) => Errors | undefined, days: number): HalfWidths | undefined {
  let widths: HalfWidths = { of80: 0, of95: 0 };
  for (let distance = 1; distance <= days; distance += 1) {
    const known = errors(distance);
    if (known === undefined) return undefined;
    const [of80, of95] = [halfWidth(known, 80), halfWidth(known, 95)];
    if (of80 === undefined || of95 === undefined) return undefined;
    widths = { of80: Math.max(widths.of80, of80), of95: Math.max(widths.of95, of95) };
  }
  return widths;
}
