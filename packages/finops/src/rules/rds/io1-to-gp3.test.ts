import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject } from '../../testing/index.ts';
import { aDatabase } from '../testing/database.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { rdsIo1ToGp3 } from './io1-to-gp3.ts';

const MIB = 1024 * 1024;
const PRICES = {
  'rds/us-east-1/storage/io1/gb-month': '0.125',
  'rds/us-east-1/storage/io1/iops-month': '0.10',
  'rds/us-east-1/storage/gp3/gb-month': '0.115',
};
const load = (iops: number, mibps: number, days = 14) =>
  Object.entries({ ReadIOPS: iops / 2, WriteIOPS: iops / 2, ReadThroughput: mibps * MIB, WriteThroughput: 0 }).map(
    ([metric, value], line) =>
      aSeries(metric, hourly(days, value), {
        namespace: 'AWS/RDS',
        stat: 'Maximum',
        dimensions: { DBInstanceIdentifier: 'orders' },
        line,
      }),
  );
const judge = (series: ReturnType<typeof load>, item: JsonObject = {}, more: object = {}) =>
  judged(
    rdsIo1ToGp3,
    aSubject({ of: aDatabase({ StorageType: 'io1', Iops: 1000, ...item }), prices: PRICES, series, ...more }),
  );

it('saves 101.00 on 100 GiB with 1,000 IOPS', () => {
  // 100 x 0.125 + 1000 x 0.10 = 112.50; less 100 x 0.115
  expect(judge(load(900, 60))).toStrictEqual({
    verdict: 'FINDING',
    figures: { peak_iops: '900', peak_mibps: '60', list_cost: '112.50', list_saving: '101.00' },
  });
});

it.each([
  ['peaks above 3,000 IOPS', load(3001, 1), {}],
  ['moves more than 125 MiB/s', load(1, 126), {}],
  ['is on gp2', [], { StorageType: 'gp2' }],
  ['is Oracle', [], { Engine: 'oracle-ee' }],
])('says OK of a database that %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('allows more from 400 GiB on', () => {
  expect(judge(load(11_000, 400), { AllocatedStorage: 400, Iops: 12_000 }).verdict).toBe('FINDING');
});

it.each([
  ['NO_METRICS', [], {}, {}],
  ['METRICS_INCOMPLETE', load(1, 1, 13), {}, {}],
  ['NO_PRICE', load(1, 1), {}, { prices: {} }],
  ['NO_PRICE', load(1, 1), { MultiAZ: true }, {}],
  ['FIELD_MISSING', load(1, 1), { Iops: undefined }, {}],
])('cannot know (%s)', (reason, series, item, more) => {
  expect(judge(series, item, more)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});
