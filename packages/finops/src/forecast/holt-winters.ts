import { type ForecastModel, WEEK } from './forecast-model.ts';

/** How fast level, trend and season follow what happens; each combination is tried. Source: our own choice, coarse on purpose. */
const LEVELS = [0.1, 0.3, 0.6];
const TRENDS = [0, 0.05];
const SEASONS = [0.1, 0.3];

/** What a trend keeps from one day to the next, so that it does not run away in 30 days. Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 8.2: damping in practice 0.8 to 0.98. */
const DAMPING = 0.95;

/**
 * Exponential smoothing of level, damped trend and additive weekly season (Holt 1957, Winters 1960), with the smoothing that
 * had the least squared error one day ahead.
 */
export const holtWinters: ForecastModel = {
  name: 'holt-winters',
  words: 'exponential smoothing of level, trend and weekdays (Holt-Winters)',
  forecast: (history, horizon) => {
    const fits = LEVELS.flatMap((level) =>
      TRENDS.flatMap((trend) => SEASONS.map((season) => smooth(history, { level, trend, season }))),
    );
    const best = fits.reduce((a, b) => (b.squaredError < a.squaredError ? b : a));
    return project(best, horizon);
  },
};

interface Smoothing {
  readonly level: number;
  readonly trend: number;
  readonly season: number;
}

interface Smoothed {
  readonly level: number;
  readonly trend: number;
  /** Offsets by weekday, from the day after the history on. */
  readonly season: readonly number[];
  readonly squaredError: number;
}

/** Starts from the first two weeks: their mean, no trend, and what each weekday differs from the mean. */
function smooth(history: readonly number[], by: Smoothing): Smoothed {
  const start = history.slice(0, 2 * WEEK);
  let level = start.reduce((sum, value) => sum + value, 0) / start.length;
  let trend = 0;
  let squaredError = 0;
  const season = Array.from(
    { length: WEEK },
    (_, day) => ((start[day] ?? level) + (start[day + WEEK] ?? level)) / 2 - level,
  );
  for (const [day, value] of history.entries()) {
    const weekday = day % WEEK;
    const offset = season[weekday] ?? 0;
    const expected = level + DAMPING * trend;
    const error = value - expected - offset;
    squaredError += error * error;
    const next = expected + by.level * error;
    trend = DAMPING * trend + by.trend * error;
    season[weekday] = offset + by.season * (1 - by.level) * error;
    level = next;
  }
  const today = history.length % WEEK;
  return { level, trend, season: [...season.slice(today), ...season.slice(0, today)], squaredError };
}

function project({ level, trend, season }: Smoothed, horizon: number): number[] {
  const days: number[] = [];
  let reached = level;
  let step = trend;
  for (let day = 0; day < horizon; day += 1) {
    step *= DAMPING;
    reached += step;
    days.push(reached + (season[day % WEEK] ?? 0));
  }
  return days;
}
