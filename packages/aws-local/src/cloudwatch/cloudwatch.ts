import * as z from 'zod';
import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import { AwsFault } from '../engine/fault.ts';
import { actionMaker } from '../wire/action.ts';
import type { JsonService } from '../wire/json.ts';
import { type Datum, MetricTable, type Series } from './metric-table.ts';
import { statisticOf } from './statistic.ts';

const Dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() }));
const MetricDatum = z.strictObject({
  MetricName: z.string(),
  Dimensions: Dimensions.optional(),
  /** Seconds since the epoch. */
  Timestamp: z.number().optional(),
  Value: z.number().optional(),
  Values: z.array(z.number()).optional(),
  Counts: z.array(z.number()).optional(),
  StatisticValues: z
    .strictObject({ SampleCount: z.number(), Sum: z.number(), Minimum: z.number(), Maximum: z.number() })
    .optional(),
  Unit: z.string().optional(),
  StorageResolution: z.number().optional(),
});
type MetricDatum = z.infer<typeof MetricDatum>;
const PutMetricData = z.strictObject({ Namespace: z.string(), MetricData: z.array(MetricDatum).max(1000) });
const Metric = z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: Dimensions.optional() });
const MetricDataQuery = z.strictObject({
  Id: z.string(),
  Label: z.string().optional(),
  ReturnData: z.boolean().optional(),
  MetricStat: z.strictObject({
    Metric,
    Period: z.int().min(1),
    Stat: z.string(),
    Unit: z.string().optional(),
  }),
});
type MetricDataQuery = z.infer<typeof MetricDataQuery>;
const GetMetricData = z.strictObject({
  MetricDataQueries: z.array(MetricDataQuery).max(500),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).optional(),
});
type GetMetricData = z.infer<typeof GetMetricData>;
const ListMetrics = z.strictObject({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  NextToken: z.string().optional(),
});

/** ListMetrics answers this many at a time. Source: CloudWatch API reference, ListMetrics (2026-11). */
const PAGE_SIZE = 500;

/** PutMetricData, GetMetricData and ListMetrics: every datum is kept as it came and folded when it is read. */
export function openCloudWatch(db: Database, clock: Clock): JsonService {
  const metrics = new MetricTable(db);
  const make = actionMaker(db, { missing: 'MissingParameter', invalid: 'InvalidParameterValue' });
  return {
    actions: {
      PutMetricData: make.writes(PutMetricData, (input) => {
        for (const datum of input.MetricData) {
          const series = seriesOf(input.Namespace, datum.MetricName, datum.Dimensions);
          for (const folded of foldedData(datum, clock.nowMs())) metrics.add(series, folded);
        }
      }),
      GetMetricData: make.reads(GetMetricData, (input) => ({
        MetricDataResults: input.MetricDataQueries.filter((query) => query.ReturnData !== false).map((query) =>
          resultOf(metrics, query, input),
        ),
      })),
      ListMetrics: make.reads(ListMetrics, (input) => {
        const offset = Number(input.NextToken ?? '0');
        const found = metrics.series(input.Namespace, input.MetricName, offset, PAGE_SIZE + 1);
        return {
          Metrics: found.slice(0, PAGE_SIZE).map(({ namespace, name, dimensions }) => ({
            Namespace: namespace,
            MetricName: name,
            Dimensions: dimensions,
          })),
          ...(found.length > PAGE_SIZE ? { NextToken: String(offset + PAGE_SIZE) } : {}),
        };
      }),
    },
    version: '1.0',
    namespace: '',
    unknownOperation: 'UnknownOperationException',
    queryError: (code) => code,
  };
}

function seriesOf(namespace: string, name: string, dimensions: Series['dimensions'] | undefined): Series {
  return { namespace, name, dimensions: dimensions ?? [] };
}

function foldedData(datum: MetricDatum, nowMs: number): Datum[] {
  const atMs = datum.Timestamp === undefined ? nowMs : Math.round(datum.Timestamp * 1000);
  const unit = datum.Unit ?? 'None';
  const set = datum.StatisticValues;
  if (set !== undefined) {
    return [{ atMs, unit, sum: set.Sum, samples: set.SampleCount, minimum: set.Minimum, maximum: set.Maximum }];
  }
  const values = datum.Values ?? (datum.Value === undefined ? [] : [datum.Value]);
  if (values.length === 0) {
    throw new AwsFault('MissingParameter', 'The request must contain Value, Values or StatisticValues.');
  }
  return values.map((value, index) => {
    const samples = datum.Counts?.[index] ?? 1;
    return { atMs, unit, sum: value * samples, samples, minimum: value, maximum: value };
  });
}

function resultOf(metrics: MetricTable, query: MetricDataQuery, input: GetMetricData): object {
  const { Metric: metric, Period: periodS, Stat, Unit: unit } = query.MetricStat;
  const series = seriesOf(metric.Namespace, metric.MetricName, metric.Dimensions);
  const data = metrics.between(series, input.StartTime * 1000, input.EndTime * 1000);
  const periods = Map.groupBy(
    data.filter((datum) => unit === undefined || datum.unit === unit),
    (datum) => Math.floor(datum.atMs / 1000 / periodS) * periodS,
  );
  const sign = input.ScanBy === 'TimestampAscending' ? 1 : -1;
  const starts = [...periods.keys()].toSorted((left, right) => sign * (left - right));
  const statistic = statisticOf(Stat);
  return {
    Id: query.Id,
    Label: query.Label ?? metric.MetricName,
    StatusCode: 'Complete',
    Timestamps: starts,
    Values: starts.map((start) => statistic(periods.get(start) ?? [])),
  };
}
