import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { elbNoTargets } from './no-targets.ts';

const ARN = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1';
const aBalancer = (CreatedTime = '2020-01-01T00:00:00Z') =>
  anObserved('LoadBalancer', ARN, { LoadBalancerArn: ARN, Type: 'application', CreatedTime });
const aGroup = (id: string, arn = ARN) =>
  anObserved('TargetGroup', id, { TargetGroupArn: id, LoadBalancerArns: [arn] });
const health = (id: string, targets: number) =>
  anObserved('TargetGroup', id, {
    TargetHealthDescriptions: Array.from({ length: targets }, () => ({ TargetHealth: { State: 'healthy' } })),
  });
const judge = (related: ReturnType<typeof aGroup>[], more: object = {}) =>
  judged(
    elbNoTargets,
    aSubject({ of: aBalancer(), related, prices: { 'elb/us-east-1/application/hour': '0.0225' }, ...more }),
  );

describe('elbNoTargets', () => {
  it('deletes a load balancer whose groups are empty: 0.0225 x 730, 16.425 to the even cent', () => {
    expect(judge([aGroup('a'), aGroup('b'), health('a', 0), health('b', 0)])).toStrictEqual({
      verdict: 'FINDING',
      figures: { list_cost: '16.42', list_saving: '16.42' },
    });
  });

  it('says nothing about one with a target in one group, even when another was not asked', () => {
    expect(judge([aGroup('a'), aGroup('b'), health('a', 1)]).verdict).toBe('OK');
  });

  it('says nothing about one of this week', () => {
    expect(judge([], { of: aBalancer('2026-11-18T00:00:00Z') }).verdict).toBe('OK');
  });

  it.each([
    ['NOT_COLLECTED', 'no group is in the inputs', [aGroup('a', 'arn:other')], {}],
    ['NOT_COLLECTED', 'a group was not asked for its health', [aGroup('a'), aGroup('b'), health('a', 0)], {}],
  ])('cannot know (%s) when %s', (reason, _, related, more) => {
    expect(judge(related, more)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('stands without dollars when no price is sourced', () => {
    expect(judge([aGroup('a'), health('a', 0)], { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
