import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { autoscalingFixedSize } from './fixed-size.ts';

const judge = (item: JsonObject, settings = {}) =>
  judged(
    autoscalingFixedSize,
    aSubject({
      of: anObserved('Ec2AutoScalingGroup', 'web', {
        AutoScalingGroupName: 'web',
        MinSize: 3,
        MaxSize: 3,
        DesiredCapacity: 3,
        CreatedTime: '2026-10-20T00:00:00Z',
        ...item,
      }),
      settings,
    }),
  );

describe('autoscalingFixedSize', () => {
  it('finds a group of three that cannot scale and claims no saving', () => {
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { age_days: '31', instances: '3' } });
  });

  it.each([
    ['that may grow', { MaxSize: 4 }],
    ['that may shrink', { MinSize: 2 }],
    ['that is about to change', { DesiredCapacity: 2 }],
    ['of one instance', { MinSize: 1, MaxSize: 1, DesiredCapacity: 1 }],
    ['of none', { MinSize: 0, MaxSize: 0, DesiredCapacity: 0 }],
    ['of 30 days', { CreatedTime: '2026-10-21T00:00:00Z' }],
  ])('says nothing about a group %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('takes the age from the settings', () => {
    expect(judge({}, { AUTOSCALING_FIXED_SIZE_DAYS: 31 }).verdict).toBe('OK');
  });

  it('cannot know without a size or an age', () => {
    expect(judge({ MaxSize: undefined }).reason).toBe('FIELD_MISSING');
    expect(judge({ CreatedTime: undefined }).reason).toBe('FIELD_MISSING');
  });
});
