import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anInstance, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ec2UnusedImage } from './unused-image.ts';

const anImage = (item: JsonObject = {}, account = '123456789012') =>
  anObserved(
    'Ec2Image',
    'ami-1',
    {
      ImageId: 'ami-1',
      OwnerId: '123456789012',
      State: 'available',
      CreationDate: '2026-08-21T12:00:00.000Z',
      ...item,
    },
    { account },
  );
const judge = (of: ReturnType<typeof anImage>, related: ReturnType<typeof anInstance>[] = []) =>
  judged(ec2UnusedImage, aSubject({ of, related }));

describe('ec2UnusedImage', () => {
  it('finds an own image no instance was started from, 91 days old, and has no dollars', () => {
    const day = { CreationDate: '2026-08-20T12:00:00.000Z' };

    expect(judge(anImage(day), [anInstance({ ImageId: 'ami-2' })])).toStrictEqual({
      verdict: 'FINDING',
      figures: { age_days: '91' },
    });
  });

  it.each([
    ['is 90 days old', anImage()],
    ['belongs to somebody else', anImage({ OwnerId: '210987654321', CreationDate: '2020-01-01T00:00:00Z' })],
    [
      'was launched last week',
      anImage({ CreationDate: '2020-01-01T00:00:00Z', LastLaunchedTime: '2026-11-13T00:00:00Z' }),
    ],
  ])('says nothing about an image that %s', (_, of) => {
    expect(judge(of)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('says nothing about an image in use', () => {
    expect(judge(anImage({ CreationDate: '2020-01-01T00:00:00Z' }), [anInstance({ ImageId: 'ami-1' })]).verdict).toBe(
      'OK',
    );
  });

  it('cannot tell own from public when nobody says the account', () => {
    expect(judge(anImage({}, 'unknown')).reason).toBe('FIELD_MISSING');
  });
});
