import { type ForecastModel, WEEK } from './forecast-model.ts';

/** Each day costs what the same weekday cost in the last week: the baseline every other method must beat. */
export const seasonalNaive: ForecastModel = {
  name: 'seasonal-naive',
  words: 'the same weekday of the last week',
  forecast: (history, horizon) =>
    Array.from({ length: horizon }, (_, day) => history[history.length - WEEK + (day % WEEK)] ?? 0),
};
