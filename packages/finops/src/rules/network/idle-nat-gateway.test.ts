import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { networkIdleNatGateway } from './idle-nat-gateway.ts';

const bytes = (out: number, back = 0, days = 14) =>
  (
    [
      ['BytesOutToDestination', out],
      ['BytesInFromDestination', back],
    ] as const
  ).map(([metric, value], line) =>
    aSeries(metric, hourly(days, value), {
      namespace: 'AWS/NATGateway',
      dimensions: { NatGatewayId: 'nat-1' },
      stat: 'Sum',
      line,
    }),
  );
const judge = (
  series: ReturnType<typeof bytes>,
  State = 'available',
  prices: Record<string, string> = { 'vpc/us-east-1/nat-gateway/hour': '0.045' },
) =>
  judged(
    networkIdleNatGateway,
    aSubject({ of: anObserved('NatGateway', 'nat-1', { NatGatewayId: 'nat-1', State }), series, prices }),
  );

describe('networkIdleNatGateway', () => {
  it('deletes a gateway without a byte for 32.85 a month', () => {
    expect(judge(bytes(0))).toStrictEqual({
      verdict: 'FINDING',
      figures: { bytes: '0', days: '14', list_cost: '32.85', list_saving: '32.85' },
    });
  });

  it('says nothing about a gateway that sent, received or is gone', () => {
    expect([judge(bytes(1)), judge(bytes(0, 1)), judge([], 'deleted')].map((one) => one.verdict)).toStrictEqual([
      'OK',
      'OK',
      'OK',
    ]);
  });

  it.each([
    ['NO_METRICS', 'nobody measured', [], {}],
    ['NO_METRICS', 'only one direction was measured', bytes(0).slice(0, 1), {}],
    ['METRICS_INCOMPLETE', 'the metrics cover 13 days', bytes(0, 0, 13), {}],
  ])('cannot know (%s) when %s', (reason, _, series, prices) => {
    expect(judge(series, 'available', prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('stands without dollars when no price is sourced', () => {
    expect(judge(bytes(0), 'available', {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
