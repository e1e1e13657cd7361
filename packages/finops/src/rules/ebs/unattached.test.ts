import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, aVolume } from '../../testing/index.ts';
import { EBS_PRICES } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ebsUnattached } from './unattached.ts';

const judge = (item: JsonObject, prices: Record<string, string> = EBS_PRICES) =>
  judged(ebsUnattached, aSubject({ of: aVolume({ State: 'available', Attachments: [], ...item }), prices }));

describe('ebsUnattached', () => {
  it.each([
    ['gp2 of 100 GiB', {}, '10.00'],
    // 100 x 0.08 + 1000 x 0.005 + 100 x 0.04
    ['gp3 with 4000 IOPS and 225 MiB/s', { VolumeType: 'gp3', Iops: 4000, Throughput: 225 }, '17.00'],
    ['gp3 that does not say its IOPS', { VolumeType: 'gp3', Iops: undefined }, '8.00'],
    // 64 x 0.125 + 1000 x 0.065
    ['io1 with 1000 IOPS', { VolumeType: 'io1', Size: 64, Iops: 1000 }, '73.00'],
  ])('costs a %s', (_, item, usd) => {
    expect(judge(item).figures).toMatchObject({ list_cost: usd, list_saving: usd });
  });

  it.each([
    ['is in use', { State: 'in-use' }],
    ['was made six days ago', { CreateTime: '2026-11-13T12:00:00Z' }],
  ])('says nothing about a volume that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('counts from seven days on', () => {
    expect(judge({ CreateTime: '2026-11-13T00:00:00Z' }).verdict).toBe('FINDING');
  });

  it.each([
    ['OK', 'six', 6 * 24],
    ['FINDING', 'seven', 7 * 24],
  ])('answers %s about an old volume that AWS last measured attached %s days ago', (verdict, _, hours) => {
    const values = Array.from({ length: 30 * 24 }, (__, hour) => (hour < 30 * 24 - hours ? 0 : null));
    const series = [aSeries('VolumeReadOps', values, { namespace: 'AWS/EBS', stat: 'Sum' })];
    const of = aVolume({ State: 'available', Attachments: [] });

    expect(judged(ebsUnattached, aSubject({ of, prices: EBS_PRICES, series })).verdict).toBe(verdict);
  });

  it.each([
    ['FIELD_MISSING', 'the age is not said', { CreateTime: null }, EBS_PRICES],
    ['FIELD_MISSING', 'the type is unheard of', { VolumeType: 'gp9' }, EBS_PRICES],
  ])('cannot know (%s) when %s', (reason, _, item, prices) => {
    expect(judge(item, prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('stands without dollars when no price is sourced', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
