import { describe, expect, it } from 'vitest';
import { aSubject, anInstance } from '../../testing/index.ts';
import { aType, anArmType } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ec2Graviton } from './graviton.ts';

const TYPES = {
  'm5.large': aType(2, '8', { current_generation: false }),
  'm7g.large': anArmType(2, '8'),
  'm9g.large': anArmType(2, '8'),
  'c5.large': aType(2, '4'),
};
const M5 = { 'ec2/us-east-1/linux/m5.large': '0.0960' };
const M7G = { 'ec2/us-east-1/linux/m7g.large': '0.0816' };
const M9G = { 'ec2/us-east-1/linux/m9g.large': '0.09784' };
const judge = (item: Parameters<typeof anInstance>[0], prices: Record<string, string>) =>
  judged(ec2Graviton, aSubject({ of: anInstance(item), prices, instanceTypes: TYPES }));

describe('ec2Graviton', () => {
  it('moves m5.large to m7g.large for 15.0 % less', () => {
    expect(judge({}, { ...M5, ...M7G, ...M9G })).toStrictEqual({
      verdict: 'FINDING',
      figures: {
        saving_percent: '15.0',
        price_now: '0.096',
        price_refused: '0.09784',
        list_cost: '70.08',
        list_saving: '10.51',
      },
    });
    expect(judge({}, { ...M5, ...M7G }).figures).not.toHaveProperty('price_refused');
  });

  it('refuses m5.large to m9g.large, which costs more', () => {
    expect(judge({}, { ...M5, ...M9G })).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['runs Windows', { Platform: 'windows', PlatformDetails: 'Windows' }],
    ['is arm64 already', { InstanceType: 'm7g.large', Architecture: 'arm64' }],
    ['runs a 32-bit image', { Architecture: 'i386' }],
    ['is stopped', { State: { Name: 'stopped' } }],
    ['has no sibling of its memory', { InstanceType: 'c5.large' }],
  ])('says nothing about an instance that %s', (_, item) => {
    const prices = { ...M5, ...M7G, 'ec2/us-east-1/linux/c5.large': '0.085' };

    expect(judge(item, prices)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['FIELD_MISSING', 'the platform is not said', { PlatformDetails: null }, { ...M5, ...M7G }],
    ['FIELD_MISSING', 'the platform is empty', { PlatformDetails: '' }, { ...M5, ...M7G }],
    ['NO_PRICE', 'the region has no price', {}, {}],
    ['NO_PRICE', 'the region has a price for the x86 type only', {}, M5],
    ['NO_SPECIFICATION', 'nobody knows the type', { InstanceType: 'm5.mini' }, M5],
  ])('cannot know (%s) when %s', (reason, _, item, prices) => {
    expect(judge(item, prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
