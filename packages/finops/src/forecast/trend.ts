import { type ForecastModel, WEEK } from './forecast-model.ts';

/** Weeks a line is drawn through, at most: older ones describe another estate. Source: our own choice. */
const MAX_WEEKS = 8;

/**
 * A straight line through the means of the last eight whole weeks (least squares), plus what each weekday differs from it on
 * average. Means of weeks have no season in them that could look like a slope.
 */
export const trend: ForecastModel = {
  name: 'trend',
  words: 'a straight line through the last weeks with its weekdays',
  forecast: (history, horizon) => {
    const weeks = Math.floor(Math.min(history.length, MAX_WEEKS * WEEK) / WEEK);
    const window = history.slice(-weeks * WEEK);
    const line = lineThrough(window, weeks);
    const offsets = weekdayOffsets(window, weeks, line);
    return Array.from(
      { length: horizon },
      (_, day) => line(window.length + day) + (offsets[(window.length + day) % WEEK] ?? 0),
    );
  },
};

/** The least-squares line through the means of weeks, each at its middle day; days count from the start of the window. */
function lineThrough(window: readonly number[], weeks: number): (day: number) => number {
  const means = Array.from({ length: weeks }, (_, week) => meanOf(window.slice(week * WEEK, (week + 1) * WEEK)));
  const middle = (weeks - 1) / 2;
  const mean = meanOf(means);
  const spread = (weeks * (weeks * weeks - 1)) / 12;
  const slope = means.reduce((sum, value, week) => sum + (week - middle) * value, 0) / spread / WEEK;
  return (day) => mean + slope * (day - (window.length - 1) / 2);
}

function weekdayOffsets(window: readonly number[], weeks: number, line: (day: number) => number): number[] {
  return Array.from({ length: WEEK }, (_, weekday) =>
    meanOf(
      Array.from({ length: weeks }, (_week, week) => week * WEEK + weekday).map(
        (day) => (window[day] ?? 0) - line(day),
      ),
    ),
  );
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
