import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, aVolume } from '../../testing/index.ts';
import { EBS_PRICES, hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ebsIoToGp3 } from './io-to-gp3.ts';

const bytes = (mibps: number) =>
  ['VolumeReadBytes', 'VolumeWriteBytes'].map((metric, line) =>
    aSeries(metric, hourly(14, (mibps / 2) * 3600 * 1024 * 1024), { namespace: 'AWS/EBS', stat: 'Sum', line }),
  );
const judge = (item: JsonObject, more: object = {}) =>
  judged(
    ebsIoToGp3,
    aSubject({ of: aVolume({ VolumeType: 'io1', Size: 100, Iops: 4000, ...item }), prices: EBS_PRICES, ...more }),
  );

describe('ebsIoToGp3', () => {
  it('prices io1 100 GiB, 4000 IOPS: 272.50 less 8.00 + 5.00 + 15.00 for 500 MiB/s', () => {
    expect(judge({})).toStrictEqual({
      verdict: 'FINDING',
      figures: { size: '100', iops: '4000', list_cost: '272.50', list_saving: '244.50' },
    });
  });

  it('needs no extra throughput when 60 MiB/s were observed: 272.50 - 13.00', () => {
    expect(judge({}, { series: bytes(60) }).figures['list_saving']).toBe('259.50');
  });

  it.each([
    ['is gp3', { VolumeType: 'gp3' }, {}],
    ['has more IOPS than the careful gp3 limit', { Iops: 16_001 }, {}],
    ['is attached to several instances', { MultiAttachEnabled: true }, {}],
    ['moves more than gp3 can', { VolumeType: 'io2', Iops: 10_000 }, { series: bytes(1100) }],
    ['is cheaper as it is', { Size: 1, Iops: 100 }, { prices: { ...EBS_PRICES, 'ebs/us-east-1/gp3/gb-month': '9' } }],
  ])('says nothing about a volume that %s', (_, item, more) => {
    expect(judge(item, more)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    [
      'NO_METRICS',
      'an io2 volume could move more than gp3 and nobody measured',
      { VolumeType: 'io2', Iops: 10_000 },
      {},
    ],
    ['FIELD_MISSING', 'the answer has no IOPS', { Iops: null }, {}],
    ['NO_PRICE', 'there is no price', {}, { prices: {} }],
  ])('cannot know (%s) when %s', (reason, _, item, more) => {
    expect(judge(item, more)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
