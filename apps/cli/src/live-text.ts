import type { LiveSpent } from '@infrafabric/runtime';

/** What a live collection cost and gave, on one line. */
export function liveText({ usd, calls, cacheHits, series, coveragePercent, dataAsOf }: LiveSpent): string {
  const metrics =
    series === 0 ? 'no metrics' : `${series} metric series, ${coveragePercent} % of their hours have data`;
  const until = dataAsOf === undefined ? '' : `, data as of ${dataAsOf}`;
  return `live: ${calls} calls, ${cacheHits} answers from the cache, ${usd} USD of paid reads; ${metrics}${until}`;
}
