import { forecastDays } from '../forecast/daily-forecast.ts';
import { seasonalNaive } from '../forecast/seasonal-naive.ts';

/** How forecasts of 30 days did from many origins of one series. */
export interface ForecastScore {
  readonly origins: number;
  /** Origins whose 80 % (95 %) interval of the 30-day total held it; of those that had an interval. */
  readonly within80: number;
  readonly within95: number;
  readonly bounded: number;
  /** Mean absolute error of the 30-day total, and that of seasonal-naive. */
  readonly error: number;
  readonly naiveError: number;
  /** Mean half width of the 80 % interval in percent of the total. */
  readonly halfWidthPercent: number;
  /** How often each method was taken. */
  readonly methods: Readonly<Record<string, number>>;
}

const HORIZON = 30;

/** Forecasts 30 days of a series from every `step`-th day from `first` on, each from what lay before it alone. */
export function scoreForecasts(
  series: readonly number[],
  { first, step }: { readonly first: number; readonly step: number },
): ForecastScore {
  const origins: ReturnType<typeof scoreOne>[] = [];
  for (let origin = first; origin + HORIZON <= series.length; origin += step) origins.push(scoreOne(series, origin));
  const count = (holds: (one: (typeof origins)[number]) => boolean): number => origins.filter(holds).length;
  const mean = (of: (one: (typeof origins)[number]) => number): number =>
    origins.reduce((sum, one) => sum + of(one), 0) / origins.length;
  return {
    origins: origins.length,
    bounded: count(({ widths }) => widths !== undefined),
    within80: count(({ widths, error }) => widths !== undefined && error <= widths.of80),
    within95: count(({ widths, error }) => widths !== undefined && error <= widths.of95),
    error: mean(({ error }) => error),
    naiveError: mean(({ naiveError }) => naiveError),
    halfWidthPercent: mean(({ widths, total }) => (100 * (widths?.of80 ?? 0)) / total),
    methods: Object.fromEntries(
      [...Map.groupBy(origins, ({ method }) => method)].map(([method, taken]) => [method, taken.length]),
    ),
  };
}

function scoreOne(series: readonly number[], origin: number) {
  const history = series.slice(0, origin);
  const actual = total(series.slice(origin, origin + HORIZON));
  const forecast = forecastDays(history, HORIZON);
  return {
    method: forecast.method,
    total: actual,
    error: Math.abs(actual - total(forecast.expected)),
    naiveError: Math.abs(actual - total(seasonalNaive.forecast(history, HORIZON))),
    widths: forecast.ofSum(HORIZON),
  };
}

const total = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + cost, 0);
