/** A week, the season of daily cost. */
export const WEEK = 7;

/**
 * One way to forecast daily costs.
 *
 * Estimates are IEEE 754 doubles made with + - * / and comparisons only, which every machine rounds alike; sums of real days
 * stay decimals. `forecast` gets at least two weeks, oldest first, and answers the days that follow.
 */
export interface ForecastModel {
  readonly name: 'seasonal-naive' | 'holt-winters' | 'trend';
  /** What it does, as a sentence names it. */
  readonly words: string;
  readonly forecast: (history: readonly number[], horizon: number) => number[];
}
