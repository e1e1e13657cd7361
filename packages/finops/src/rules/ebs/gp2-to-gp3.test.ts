import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, aVolume } from '../../testing/index.ts';
import { EBS_PRICES, hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ebsGp2ToGp3 } from './gp2-to-gp3.ts';

const MIB_HOUR = 3600 * 1024 * 1024;
const series = (metric: string, value: number, line: number) =>
  aSeries(metric, hourly(14, value), { namespace: 'AWS/EBS', dimensions: { VolumeId: 'vol-1' }, stat: 'Sum', line });
const throughput = (mibps: number) => [
  series('VolumeReadBytes', (mibps / 2) * MIB_HOUR, 1),
  series('VolumeWriteBytes', (mibps / 2) * MIB_HOUR, 2),
];
const operations = (iops: number) => [
  series('VolumeReadOps', (iops / 2) * 3600, 3),
  series('VolumeWriteOps', (iops / 2) * 3600, 4),
];
const judge = (Size: number, measured: ReturnType<typeof series>[] = []) =>
  judged(ebsGp2ToGp3, aSubject({ of: aVolume({ Size }), prices: EBS_PRICES, series: measured }));

describe('ebsGp2ToGp3', () => {
  it.each([
    // 100 x (0.10 - 0.08)
    [100, '10.00', '2.00'],
    // 8 x 0.02
    [8, '0.80', '0.16'],
    // 170 x 0.02: the largest that the included throughput stands for
    [170, '17.00', '3.40'],
    // 300 x 0.02 - 125 x 0.04
    [300, '30.00', '1.00'],
    // 2000 x 0.02 - 125 x 0.04 - (6000 - 3000) x 0.005
    [2000, '200.00', '20.00'],
    // 16000 x 0.02 - 5.00 - (16000 - 3000) x 0.005: the baseline ends at 16,000 IOPS
    [16_000, '1600.00', '250.00'],
  ])('prices an unmeasured volume of %i GiB at %s with a saving of %s', (Size, list_cost, list_saving) => {
    expect(judge(Size)).toStrictEqual({ verdict: 'FINDING', figures: { size: String(Size), list_cost, list_saving } });
  });

  it('refuses 200 GiB at the limit of 250 MiB/s: 21.00 is more than 20.00', () => {
    expect(judge(200)).toStrictEqual({ verdict: 'OK', figures: {} });
    expect(judge(200, throughput(250)).verdict).toBe('OK');
  });

  it('accepts 200 GiB with 60 MiB/s observed, which saves 4.00', () => {
    expect(judge(200, throughput(60)).figures['list_saving']).toBe('4.00');
  });

  it('pays for observed IOPS above the included ones: 2000 GiB x 0.02 - 5.00 - 1000 x 0.005', () => {
    expect(judge(2000, operations(4000)).figures['list_saving']).toBe('30.00');
  });

  it('cites the metric lines it used and only those', () => {
    const measured = [...throughput(60), ...operations(0), series('VolumeIdleTime', 1, 5)];
    const verdict = ebsGp2ToGp3.judge(aSubject({ of: aVolume({ Size: 200 }), prices: EBS_PRICES, series: measured }));
    const lines =
      verdict.verdict === 'FINDING'
        ? verdict.listSaving?.citations.filter((one) => one.media_type !== 'application/json')
        : [];

    expect(lines?.map((one) => one.pointer).toSorted()).toStrictEqual(['/1', '/2', '/3', '/4']);
  });

  it('says nothing about a gp3 volume', () => {
    expect(judged(ebsGp2ToGp3, aSubject({ of: aVolume({ VolumeType: 'gp3' }) })).verdict).toBe('OK');
  });

  it('cannot know without a price or a size', () => {
    expect(judged(ebsGp2ToGp3, aSubject({ of: aVolume() })).reason).toBe('NO_PRICE');
    expect(judged(ebsGp2ToGp3, aSubject({ of: aVolume({ Size: null }), prices: EBS_PRICES })).reason).toBe(
      'FIELD_MISSING',
    );
  });
});
