import { z } from 'zod';
import { type AccountAccess, type Read, readPages } from './account-access.ts';
import { failuresOf, itemsOf } from './items.ts';

const Day = z.object({
  TimePeriod: z.object({ Start: z.string() }),
  MeanValue: z.string(),
  PredictionIntervalLowerBound: z.string(),
  PredictionIntervalUpperBound: z.string(),
});

/** What Cost Explorer expects of one day: unblended cost, decimal strings in USD, with the bounds of its 80 % interval. */
export interface ForecastDay {
  /** UTC date, YYYY-MM-DD. */
  readonly date: string;
  readonly mean: string;
  readonly lower: string;
  readonly upper: string;
}

/** Reads the forecast of the next 30 days: one paid request, see `usd`. An account without history has no days. */
export async function getUsageForecast(access: AccountAccess): Promise<Read<readonly ForecastDay[]>> {
  const pages = await readPages(access, ['cost-explorer.GetCostForecast']);
  const read = itemsOf(pages.of('cost-explorer.GetCostForecast'), 'ForecastResultsByTime/*', Day);
  const days = read.items.map((day) => ({
    date: day.TimePeriod.Start,
    mean: day.MeanValue,
    lower: day.PredictionIntervalLowerBound,
    upper: day.PredictionIntervalUpperBound,
  }));
  return { value: days, failed: failuresOf(pages, read), usd: pages.usd };
}
