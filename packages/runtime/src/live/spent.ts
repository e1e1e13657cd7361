import { Decimal, formatUsd, type Gathered, type LiveResult, sum } from '@infrafabric/finops';

/** What the live tasks of a session cost and gave, over all places. */
export interface LiveSpent {
  /** USD, two decimals. */
  readonly usd: string;
  readonly calls: number;
  readonly cacheHits: number;
  readonly series: number;
  /** Share of metric steps that have a datum, percent, whole. */
  readonly coveragePercent: number;
  /** End of the last step with a datum, ISO 8601 Z. */
  readonly dataAsOf?: string;
}

/** Adds up the live results; `undefined` when nothing was read live. */
export function liveSpent({ results }: Pick<Gathered, 'results'>): LiveSpent | undefined {
  const live = results.map(({ result }) => result).filter((result) => result.kind === 'live');
  if (live.length === 0) return undefined;
  const metrics = live.flatMap((result) => result.metrics ?? []);
  const steps = total(metrics, (one) => one.steps);
  const dataAsOf = metrics
    .flatMap((one) => one.data_as_of ?? [])
    .sort()
    .at(-1);
  return {
    usd: formatUsd(sum(live.map((result) => new Decimal(result.usd)))),
    calls: total<LiveResult>(live, (one) => one.calls),
    cacheHits: total<LiveResult>(live, (one) => one.cache_hits),
    series: total(metrics, (one) => one.series),
    coveragePercent: steps === 0 ? 0 : Math.floor((100 * total(metrics, (one) => one.data)) / steps),
    ...(dataAsOf === undefined ? {} : { dataAsOf }),
  };
}

function total<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0);
}
