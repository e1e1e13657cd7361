import { type JsonObject, isJsonObject } from '@infrafabric/protocol';
import { type AskPorts, type Asked, askAllPages } from './asker.ts';
import { LISTED_METRICS, type ListedMetrics } from './metric-catalogue.ts';
import { type Described, type MetricQuery, inOrder, metricQueries } from './metric-queries.ts';
import { PointsByQuery, type Window, seriesLine, windowOf } from './metric-series.ts';
import { getMetricData, listMetrics } from './own-reads.ts';
import { METRICS_A_REQUEST, usdOfMetrics } from './spend.ts';

/** Where and for how long metrics are asked. */
export interface MetricsOf {
  readonly account: string;
  readonly region: string;
  readonly resources: readonly Described[];
  readonly days: number;
  readonly nowMs: number;
  /** Minutes a cached answer will do; default 0. */
  readonly cacheMinutes?: number;
}

/** Lines of `metrics.ndjson` in order, and every call that was made for them. */
export interface MetricLines {
  readonly lines: readonly string[];
  readonly redactions: number;
  readonly asked: readonly {
    readonly operation: 'GetMetricData' | 'ListMetrics';
    readonly input: JsonObject;
    readonly asked: Asked;
  }[];
  readonly coverage: MetricCoverage;
}

/** How much of the metrics came: steps with a datum of all steps, and the last step that has one (`data_as_of`, ISO 8601 Z). */
export interface MetricCoverage {
  readonly series: number;
  readonly empty: number;
  readonly steps: number;
  readonly data: number;
  readonly data_as_of?: string;
}

/**
 * Asks CloudWatch for the series of these resources, 500 a request, in the order in which they are written.
 *
 * A batch that fails gives no lines; the other batches stay. A series without any datum is a line of nulls: AWS was asked.
 */
export async function collectMetrics(of: MetricsOf, ports: AskPorts): Promise<MetricLines> {
  const listed = await listedQueries(of, ports);
  const queries = inOrder([...metricQueries(of.resources, of.days), ...listed.queries]);
  const batches = await Promise.all(batchesOf(queries, of.nowMs).map((batch) => askBatch(batch, of, ports)));
  const series = batches.flatMap((batch) => batch.series);
  series.sort((a, b) => a.order - b.order);
  const lines = series.map(({ query, window, values }) => seriesLine(query, window, values));
  return {
    lines: lines.map((line) => line.text),
    redactions: lines.reduce((sum, line) => sum + line.redactions, 0),
    asked: [
      ...listed.asked,
      ...batches.map(({ input, asked }) => ({ operation: 'GetMetricData' as const, input, asked })),
    ],
    coverage: coverageOf(series),
  };
}

async function listedQueries(
  of: MetricsOf,
  ports: AskPorts,
): Promise<{ queries: MetricQuery[]; asked: MetricLines['asked'] }> {
  const wanted = LISTED_METRICS.flatMap((listed) => {
    const ids = new Set(of.resources.filter(({ entry }) => entry.type === listed.type).map(({ entry }) => entry.id));
    return ids.size === 0 ? [] : [{ listed, ids }];
  });
  const found = await Promise.all(
    wanted.map(async ({ listed, ids }) => {
      const input = { Namespace: listed.namespace };
      const { account, region, cacheMinutes } = of;
      const asked = await askAllPages(listMetrics, { account, region, input, ...cacheFor(cacheMinutes) }, ports);
      const metrics = asked.pages.flatMap(({ answer }) => (Array.isArray(answer['Metrics']) ? answer['Metrics'] : []));
      const queries = metrics.flatMap((one) => (isJsonObject(one) ? listedQuery(one, listed, ids, of.days) : []));
      return { queries, asked: { operation: 'ListMetrics' as const, input, asked } };
    }),
  );
  return { queries: found.flatMap((one) => one.queries), asked: found.map((one) => one.asked) };
}

const cacheFor = (cacheMinutes: number | undefined): { cacheMinutes?: number } =>
  cacheMinutes === undefined ? {} : { cacheMinutes };

function listedQuery(found: JsonObject, listed: ListedMetrics, ids: ReadonlySet<string>, days: number): MetricQuery[] {
  const { namespace, dimension, periodSeconds } = listed;
  const metric = textOf(found['MetricName']);
  const stats = Object.hasOwn(listed.stats, metric) ? (listed.stats[metric] ?? []) : [];
  const pairs = (Array.isArray(found['Dimensions']) ? found['Dimensions'] : []).filter(isJsonObject);
  const dimensions = Object.fromEntries(pairs.map((pair) => [textOf(pair['Name']), textOf(pair['Value'])]));
  if (!ids.has(dimensions[dimension] ?? '')) return [];
  const step = periodSeconds === undefined ? {} : { periodSeconds };
  return stats.map((stat) => ({ namespace, metric, dimensions, stat, days, ...step }));
}

const textOf = (value: JsonObject[string]): string => (typeof value === 'string' ? value : '');

interface Batch {
  readonly window: Window;
  readonly queries: readonly { readonly query: MetricQuery; readonly order: number }[];
}

function batchesOf(queries: readonly MetricQuery[], nowMs: number): Batch[] {
  const ordered = queries.map((query, order) => ({ query, order }));
  const byWindow = Map.groupBy(ordered, ({ query }) => `${query.days} ${query.periodSeconds ?? ''}`);
  return [...byWindow.values()].flatMap((group) => {
    const [first] = group;
    const window = windowOf(nowMs, first?.query.days ?? 0, first?.query.periodSeconds);
    const count = Math.ceil(group.length / METRICS_A_REQUEST);
    return Array.from({ length: count }, (_, n) => ({
      window,
      queries: group.slice(n * METRICS_A_REQUEST, (n + 1) * METRICS_A_REQUEST),
    }));
  });
}

interface AnsweredSeries {
  readonly query: MetricQuery;
  readonly order: number;
  readonly window: Window;
  readonly values: readonly (number | null)[];
}

async function askBatch(
  { window, queries }: Batch,
  { account, region, cacheMinutes }: MetricsOf,
  ports: AskPorts,
): Promise<{ series: AnsweredSeries[]; input: JsonObject; asked: Asked }> {
  const steps = (window.endMs - window.startMs) / window.periodSeconds / 1000;
  const question = {
    account,
    region,
    input: {
      StartTime: new Date(window.startMs),
      EndTime: new Date(window.endMs),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: queries.map(({ query }, n) => dataQuery(query, `q${n}`, window.periodSeconds)),
    },
    ...cacheFor(cacheMinutes),
    usd: usdOfMetrics(queries.length),
    weights: { 'cloudwatch.datapoints': queries.length * steps },
  };
  const asked = await askAllPages(getMetricData, question, ports);
  const points = new PointsByQuery();
  for (const page of asked.pages) points.add(page.answer);
  const answered = queries.map(({ query, order }, n) => ({
    query,
    order,
    window,
    values: points.values(`q${n}`, window),
  }));
  return { series: asked.failed === undefined ? answered : [], input: summaryOf(window, queries.length), asked };
}

function dataQuery(query: MetricQuery, id: string, periodSeconds: number): object {
  const Dimensions = Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: query.namespace, MetricName: query.metric, Dimensions },
      Period: periodSeconds,
      Stat: query.stat,
    },
  };
}

/** What the request log says instead of 500 queries: the lines of `metrics.ndjson` name them. */
const summaryOf = (window: Window, metrics: number): JsonObject => ({
  StartTime: new Date(window.startMs).toISOString(),
  EndTime: new Date(window.endMs).toISOString(),
  metrics,
});

function coverageOf(series: readonly AnsweredSeries[]): MetricCoverage {
  let [empty, steps, data, lastMs] = [0, 0, 0, 0];
  for (const { values, window } of series) {
    const last = values.findLastIndex((value) => value !== null);
    if (last < 0) empty += 1;
    steps += values.length;
    data += values.filter((value) => value !== null).length;
    if (last >= 0) lastMs = Math.max(lastMs, window.startMs + (last + 1) * window.periodSeconds * 1000);
  }
  const asOf = lastMs === 0 ? {} : { data_as_of: new Date(lastMs).toISOString() };
  return { series: series.length, empty, steps, data, ...asOf };
}
