import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, aVolume } from '../../testing/index.ts';
import { EBS_PRICES, hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ebsIoUnusedIops } from './io-unused-iops.ts';

const operations = (iops: number, days = 14) =>
  ['VolumeReadOps', 'VolumeWriteOps'].map((metric, line) =>
    aSeries(metric, hourly(days, (iops / 2) * 3600), {
      namespace: 'AWS/EBS',
      stat: 'Sum',
      dimensions: { VolumeId: 'vol-1' },
      line,
    }),
  );
const judge = (series: ReturnType<typeof operations>, item: JsonObject = {}, prices: object = EBS_PRICES) =>
  judged(
    ebsIoUnusedIops,
    aSubject({ of: aVolume({ VolumeType: 'io1', Iops: 3000, ...item }), series, prices: { ...prices } }),
  );

it('keeps twice the 100 IOPS that are used of 3,000', () => {
  // 100 x 0.125 + 3000 x 0.065; (3000 - 200) x 0.065
  expect(judge(operations(100))).toStrictEqual({
    verdict: 'FINDING',
    figures: { provisioned_iops: '3000', needed_iops: '200', list_cost: '207.50', list_saving: '182.00' },
  });
});

it.each([
  ['40 % used', operations(1200), {}],
  ['not io1 or io2', operations(0), { VolumeType: 'gp3' }],
  ['unattached', operations(0), { State: 'available' }],
  ['already at the least', operations(0), { Iops: 100 }],
])('says OK of a volume that is %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', [], {}, EBS_PRICES],
  ['NO_METRICS', operations(1, 13), {}, EBS_PRICES],
  ['NO_PRICE', operations(1), {}, {}],
  ['NO_PRICE', operations(1), { VolumeType: 'io2', Iops: 32_001 }, EBS_PRICES],
  ['FIELD_MISSING', operations(1), { Iops: undefined }, EBS_PRICES],
])('cannot know (%s)', (reason, series, item, prices) => {
  expect(judge(series, item, prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});
