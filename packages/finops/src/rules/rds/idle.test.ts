import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject } from '../../testing/index.ts';
import { aDatabase } from '../testing/database.ts';
import { RDS_PRICES, hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { rdsIdle } from './idle.ts';

const connections = (values: number[], stat = 'Maximum') =>
  aSeries('DatabaseConnections', values, {
    namespace: 'AWS/RDS',
    dimensions: { DBInstanceIdentifier: 'orders' },
    stat,
  });
const judge = (
  series: ReturnType<typeof connections>[],
  item: JsonObject = {},
  prices: Record<string, string> = RDS_PRICES,
) => judged(rdsIdle, aSubject({ of: aDatabase(item), series, prices }));

describe('rdsIdle', () => {
  it('deletes a db.m5.large nobody connected to: 0.171 x 730', () => {
    expect(judge([connections(hourly(14, 0))])).toStrictEqual({
      verdict: 'FINDING',
      figures: { connections_max: '0', days: '14', list_cost: '124.83', list_saving: '124.83' },
    });
  });

  it('says nothing after one connection in one hour, or about a stopped database', () => {
    expect(judge([connections(hourly(14, 0).with(100, 1))]).verdict).toBe('OK');
    expect(judge([], { DBInstanceStatus: 'stopped' }).verdict).toBe('OK');
  });

  it.each([
    ['NO_METRICS', 'nobody measured', [], RDS_PRICES],
    ['NO_METRICS', 'only a mean was measured', [connections(hourly(14, 0), 'Average')], RDS_PRICES],
    ['METRICS_INCOMPLETE', 'a week was measured', [connections(hourly(7, 0))], RDS_PRICES],
  ])('cannot know (%s) when %s', (reason, _, series, prices) => {
    expect(judge(series, {}, prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('stands without dollars when no price is sourced', () => {
    expect(judge([connections(hourly(14, 0))], {}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
