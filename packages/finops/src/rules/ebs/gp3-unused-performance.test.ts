import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, aVolume } from '../../testing/index.ts';
import { EBS_PRICES, hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ebsGp3UnusedPerformance } from './gp3-unused-performance.ts';

const MIB_HOUR = 3600 * 1024 * 1024;
const load = (iops: number, mibps: number) =>
  (
    [
      ['VolumeReadOps', iops * 3600],
      ['VolumeWriteOps', 0],
      ['VolumeReadBytes', mibps * MIB_HOUR],
      ['VolumeWriteBytes', 0],
    ] as const
  ).map(([metric, value], line) => aSeries(metric, hourly(14, value), { namespace: 'AWS/EBS', stat: 'Sum', line }));
const judge = (series: ReturnType<typeof load>, item: JsonObject = {}, prices: Record<string, string> = EBS_PRICES) =>
  judged(
    ebsGp3UnusedPerformance,
    aSubject({ of: aVolume({ VolumeType: 'gp3', Iops: 6000, Throughput: 325, ...item }), series, prices }),
  );

describe('ebsGp3UnusedPerformance', () => {
  it('drops 3000 IOPS and 200 MiB/s nobody uses: 15.00 + 8.00 of 31.00', () => {
    expect(judge(load(100, 10))).toStrictEqual({
      verdict: 'FINDING',
      figures: {
        iops: '6000',
        mibps: '325',
        used_iops: '100',
        used_mibps: '10',
        list_cost: '31.00',
        list_saving: '23.00',
      },
    });
  });

  it('keeps the add-on that is used: only the throughput goes', () => {
    expect(judge(load(1500, 10)).figures['list_saving']).toBe('8.00');
  });

  it.each<[string, Parameters<typeof judge>]>([
    ['uses both', [load(1500, 62.5)]],
    ['has no add-on', [[], { Iops: 3000, Throughput: 125 }]],
    ['is gp2', [[], { VolumeType: 'gp2' }]],
    ['is attached to nothing', [[], { State: 'available' }]],
  ])('says nothing about a volume that %s', (_, given) => {
    expect(judge(...given)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each<[string, string, Parameters<typeof judge>]>([
    ['NO_METRICS', 'nobody measured', [[]]],
    ['NO_METRICS', 'bytes were not measured', [load(1, 1).slice(0, 2)]],
    ['NO_PRICE', 'there is no price', [load(1, 1), {}, {}]],
  ])('cannot know (%s) when %s', (reason, _, given) => {
    expect(judge(...given)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
