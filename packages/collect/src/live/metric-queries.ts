import type { IndexEntry } from '@infrafabric/finops';
import { type JsonObject, canonicalJson } from '@infrafabric/protocol';
import { type Dimensions, METRICS } from './metric-catalogue.ts';

/** One series to ask for. */
export interface MetricQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly stat: string;
  readonly days: number;
  /** One step, default an hour. */
  readonly periodSeconds?: number;
}

/** A resource of the inventory with its description. */
export interface Described {
  readonly entry: Pick<IndexEntry, 'type' | 'id'>;
  readonly item: JsonObject;
}

/** The series the catalogue wants of these resources, each once, in the order in which they are written. */
export function metricQueries(resources: readonly Described[], days: number): MetricQuery[] {
  return inOrder(resources.flatMap((resource) => queriesOf(resource, days)));
}

function queriesOf({ entry, item }: Described, days: number): MetricQuery[] {
  const metrics = entry.type === 'Series' ? [] : (METRICS[entry.type] ?? []);
  return metrics.flatMap(({ namespace, metric, stats, dimensions, atLeastDays = 0 }) => {
    const found = dimensions({ id: entry.id, item });
    if (found === undefined) return [];
    return stats.map((stat) => ({ namespace, metric, dimensions: found, stat, days: Math.max(days, atLeastDays) }));
  });
}

/** Each series once, sorted by namespace, metric, dimensions and statistic. */
export function inOrder(queries: readonly MetricQuery[]): MetricQuery[] {
  const byKey = new Map(queries.map((query) => [queryKey(query), query]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, query]) => query);
}

const queryKey = ({ namespace, metric, dimensions, stat }: MetricQuery): string =>
  [namespace, metric, canonicalJson(dimensions), stat].join('\n');
