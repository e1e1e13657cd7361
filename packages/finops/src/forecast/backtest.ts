import { type ForecastModel, WEEK } from './forecast-model.ts';
import { holtWinters } from './holt-winters.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { trend } from './trend.ts';

/** The methods tried, the baseline first. */
export const MODELS: readonly [ForecastModel, ...ForecastModel[]] = [seasonalNaive, holtWinters, trend];

/** Days a method needs before it forecasts. */
export const MODEL_MIN_DAYS = 2 * WEEK;

/** Days looked at, at most: older ones describe another estate. Source: our own choice, half a year. */
export const MAX_HISTORY_DAYS = 182;

/** A method must beat the baseline by this share of its error to be taken instead of it. Source: our own choice: less is chance. */
const MUST_BEAT = 0.05;

/** How one method did when it forecast, from every day of the history, the days that followed and are known. */
export interface Backtest {
  readonly model: ForecastModel;
  /** Mean absolute error of a day, over all origins and days ahead. */
  readonly meanError: number;
  /** By origin: what the first 1, 2, 3, ... days cost more than was forecast, summed up. */
  readonly sums: readonly (readonly number[])[];
  /** By origin: what day 1, 2, 3, ... cost more than was forecast. */
  readonly days: readonly (readonly number[])[];
}

/**
 * Forecasts again, with each method, from every day that has two weeks before it and a day after it (rolling origins).
 *
 * An origin sees only what lay before it; at most `horizon` days are compared. Empty when there is no such day.
 */
export function backtests(history: readonly number[], horizon: number): Backtest[] {
  const origins = Array.from({ length: Math.max(0, history.length - MODEL_MIN_DAYS) }, (_, n) => n + MODEL_MIN_DAYS);
  return origins.length === 0 ? [] : MODELS.map((model) => backtest(model, history, { origins, horizon }));
}

/** The method with the least error; the baseline unless another clearly beats it. */
export function bestOf(tests: readonly Backtest[]): Backtest | undefined {
  const [naive, ...others] = tests;
  if (naive === undefined) return undefined;
  const best = others.reduce((a, b) => (b.meanError < a.meanError ? b : a), naive);
  return best.meanError < naive.meanError * (1 - MUST_BEAT) ? best : naive;
}

function backtest(
  model: ForecastModel,
  history: readonly number[],
  { origins, horizon }: { readonly origins: readonly number[]; readonly horizon: number },
): Backtest {
  const days = origins.map((origin) => {
    const known = history.slice(origin, origin + horizon);
    const forecast = model.forecast(history.slice(Math.max(0, origin - MAX_HISTORY_DAYS), origin), known.length);
    return known.map((cost, day) => cost - (forecast[day] ?? 0));
  });
  const errors = days.flat();
  const meanError = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  return { model, meanError, days, sums: days.map(runningSums) };
}

function runningSums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}
