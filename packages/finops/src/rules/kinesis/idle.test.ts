import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { kinesisIdle } from './idle.ts';

const ITEM = { StreamName: 'clicks', StreamStatus: 'ACTIVE', OpenShardCount: 3 };
const use = (value: number, days = 14) =>
  ['IncomingRecords'].map((metric, line) =>
    aSeries(metric, hourly(days, value), {
      namespace: 'AWS/Kinesis',
      stat: 'Sum',
      dimensions: { StreamName: 'clicks' },
      line,
    }),
  );
const judge = (series: ReturnType<typeof use>, item: JsonObject = {}, more: object = {}) =>
  judged(
    kinesisIdle,
    aSubject({
      of: anObserved('KinesisStream', 'clicks', { ...ITEM, ...item }),
      prices: { 'kinesis/us-east-1/shard/hour': '0.015', 'kinesis/us-east-1/on-demand-stream/hour': '0.04' },
      series,
      ...more,
    }),
  );

it('finds what nobody used in 14 days, 32.85 a month', () => {
  expect(judge(use(0))).toStrictEqual({
    verdict: 'FINDING',
    figures: { records: '0', days: '14', list_cost: '32.85', list_saving: '32.85' },
  });
});

it.each([
  ['is used', use(1), {}],
  ['is being made', use(0), { StreamStatus: 'CREATING' }],
])('says nothing when it %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', [], {}],
  ['METRICS_INCOMPLETE', use(0, 13), {}],
  ['FIELD_MISSING', use(0), { StreamStatus: undefined }],
])('cannot know (%s)', (reason, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('has no dollars without a price', () => {
  expect(judge(use(0), {}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});

it.each([
  ['an on-demand stream as one', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, '29.20'],
  [
    'the open shards of a list',
    {
      OpenShardCount: undefined,
      Shards: [{ SequenceNumberRange: { EndingSequenceNumber: '9' } }, { SequenceNumberRange: {} }],
    },
    '10.95',
  ],
])('counts %s', (_, item, list_saving) => {
  expect(judge(use(0), item).figures).toMatchObject({ list_saving });
});
