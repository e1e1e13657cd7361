import { expect, it } from 'vitest';
import { aSubject, aVolume } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ebsMagneticReview } from './magnetic-review.ts';

it.each([
  ['FINDING', 'standard', { verdict: 'FINDING', figures: { size: '128' } }],
  ['OK', 'gp2', { verdict: 'OK', figures: {} }],
  ['UNKNOWN', 'string', { verdict: 'UNKNOWN', reason: 'FIELD_MISSING', figures: {} }],
])('answers %s, without dollars, for a volume of type %s', (_, VolumeType, expected) => {
  expect(judged(ebsMagneticReview, aSubject({ of: aVolume({ VolumeType, Size: 128 }) }))).toStrictEqual(expected);
});
