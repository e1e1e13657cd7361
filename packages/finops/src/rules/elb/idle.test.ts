import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { elbIdle } from './idle.ts';

const ARN = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188';
const requests = (anHour: number, days = 14) => [
  aSeries('RequestCount', hourly(days, anHour), {
    namespace: 'AWS/ApplicationELB',
    stat: 'Sum',
    dimensions: { LoadBalancer: 'app/web/50dc6c495c0c9188' },
  }),
];
const judge = (series: ReturnType<typeof requests>, item: JsonObject = {}, more: object = {}) =>
  judged(
    elbIdle,
    aSubject({
      of: anObserved('LoadBalancer', ARN, {
        LoadBalancerArn: ARN,
        Type: 'application',
        State: { Code: 'active' },
        CreatedTime: '2026-01-01T00:00:00Z',
        ...item,
      }),
      prices: { 'elb/us-east-1/application/hour': '0.0225' },
      series,
      ...more,
    }),
  );

it('finds a load balancer with 96 requests a day', () => {
  // 0.0225 x 730 = 16.425, rounded half to even
  expect(judge(requests(4))).toStrictEqual({
    verdict: 'FINDING',
    figures: { requests_max: '96', days: '14', list_cost: '16.42', list_saving: '16.42' },
  });
});

it.each([
  ['has 120 requests a day', requests(5), {}],
  ['is of another type', requests(0), { Type: 'network' }],
  ['is six days old', requests(0), { CreatedTime: '2026-11-14T00:00:00Z' }],
])('says OK when it %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', [], {}],
  ['METRICS_INCOMPLETE', requests(0, 13), {}],
  ['FIELD_MISSING', requests(0), { Type: undefined }],
])('cannot know (%s)', (reason, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('has no dollars without a price', () => {
  expect(judge(requests(0), {}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
