import { describe, expect, it } from 'vitest';
import { aSubject, anInstance } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ec2StoppedLong } from './stopped-long.ts';

const stopped = (reason: string, settings = {}) =>
  judged(
    ec2StoppedLong,
    aSubject({ of: anInstance({ State: { Name: 'stopped' }, StateTransitionReason: reason }), settings }),
  );

describe('ec2StoppedLong', () => {
  it('finds an instance stopped 31 days before the date of judgement', () => {
    expect(stopped('User initiated (2026-10-19 17:03:16 GMT)')).toStrictEqual({
      verdict: 'FINDING',
      figures: { stopped_days: '31' },
    });
  });

  it('leaves one stopped for 30 days alone unless the setting is lower', () => {
    const reason = 'User initiated (2026-10-20 17:03:16 GMT)';

    expect(stopped(reason)).toStrictEqual({ verdict: 'OK', figures: {} });
    expect(stopped(reason, { EC2_STOPPED_DAYS: 7 }).figures).toStrictEqual({ stopped_days: '30' });
  });

  it('says nothing about a running instance', () => {
    expect(judged(ec2StoppedLong, aSubject({ of: anInstance() })).verdict).toBe('OK');
  });

  it('cannot know since when without a transition date', () => {
    expect(stopped('Client.UserInitiatedShutdown')).toStrictEqual({
      verdict: 'UNKNOWN',
      reason: 'FIELD_MISSING',
      figures: {},
    });
  });
});
