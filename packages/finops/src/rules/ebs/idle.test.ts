import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, aVolume } from '../../testing/index.ts';
import { EBS_PRICES, hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ebsIdle } from './idle.ts';

const operations = (values: number[]) =>
  ['VolumeReadOps', 'VolumeWriteOps'].map((metric, line) =>
    aSeries(metric, line === 0 ? values : hourly(14, 0), { namespace: 'AWS/EBS', stat: 'Sum', line }),
  );
const judge = (
  series: ReturnType<typeof operations>,
  item: JsonObject = {},
  prices: Record<string, string> = EBS_PRICES,
) => judged(ebsIdle, aSubject({ of: aVolume(item), series, prices }));

describe('ebsIdle', () => {
  it('deletes an attached gp2 volume of 100 GiB nobody touched: 100 x 0.10', () => {
    expect(judge(operations(hourly(14, 0)))).toStrictEqual({
      verdict: 'FINDING',
      figures: { size: '100', operations_max: '0', days: '14', list_cost: '10.00', list_saving: '10.00' },
    });
  });

  it('says nothing after one read on one day, or about a free volume', () => {
    expect(judge(operations(hourly(14, 0).with(7, 1))).verdict).toBe('OK');
    expect(judge([], { State: 'available' }).verdict).toBe('OK');
  });

  it.each<[string, string, Parameters<typeof judge>]>([
    ['NO_METRICS', 'nobody measured', [[]]],
    ['NO_METRICS', 'writes were not measured', [operations(hourly(14, 0)).slice(0, 1)]],
    ['METRICS_INCOMPLETE', 'reads cover a week', [operations(hourly(7, 0))]],
  ])('cannot know (%s) when %s', (reason, _, given) => {
    expect(judge(...given)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('stands without dollars when no price is sourced', () => {
    expect(judge(operations(hourly(14, 0)), {}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
