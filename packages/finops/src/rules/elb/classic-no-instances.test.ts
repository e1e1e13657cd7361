import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { elbClassicNoInstances } from './classic-no-instances.ts';

const judge = (item: JsonObject, prices: Record<string, string> = { 'elb/us-east-1/classic/hour': '0.025' }) => {
  const full = { LoadBalancerName: 'web', Instances: [], CreatedTime: '2020-01-01T00:00:00Z', ...item };
  return judged(elbClassicNoInstances, aSubject({ of: anObserved('ClassicLoadBalancer', 'web', full), prices }));
};

describe('elbClassicNoInstances', () => {
  it('deletes a load balancer without instances: 0.025 x 730', () => {
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '18.25', list_saving: '18.25' } });
  });

  it('says nothing about one with an instance or of this week', () => {
    expect(judge({ Instances: [{ InstanceId: 'i-1' }] }).verdict).toBe('OK');
    expect(judge({ CreatedTime: '2026-11-18T00:00:00Z' }).verdict).toBe('OK');
  });

  it('has no dollars without a price, and cannot know without a list of instances', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
    expect(judge({ Instances: null }).reason).toBe('FIELD_MISSING');
  });
});
