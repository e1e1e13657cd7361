import { describe, expect, it } from 'vitest';
import { aSubject, anInstance } from '../../testing/index.ts';
import { aType, anArmType } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ec2PreviousGeneration } from './previous-generation.ts';

const TYPES = {
  'm5.large': aType(2, '8', { current_generation: false }),
  'm5a.large': aType(2, '8'),
  'm6i.large': aType(2, '8', { current_generation: false }),
  'm6a.large': aType(2, '8'),
  'm7i.large': aType(2, '8'),
  'm6g.large': anArmType(2, '8'),
  'm8.large': anArmType(2, '8'),
  'm8i.large': aType(2, '4'),
  'm8a.large': aType(2, '8', { burstable: true }),
  'm3.medium': aType(1, '3.75', { current_generation: false, instance_storage_gb: 4 }),
  'm7a.medium': aType(1, '4'),
  'm1.small': aType(1, '1.7', { current_generation: false }),
};
const PRICES = {
  'ec2/us-east-1/linux/m5.large': '0.0960',
  'ec2/us-east-1/linux/m5a.large': '0.0860',
  'ec2/us-east-1/linux/m6a.large': '0.0864',
  'ec2/us-east-1/linux/m7i.large': '0.1008',
  // Cheaper, but an old generation, another architecture, less memory, and bursting.
  'ec2/us-east-1/linux/m6i.large': '0.0100',
  'ec2/us-east-1/linux/m6g.large': '0.0100',
  'ec2/us-east-1/linux/m8.large': '0.0100',
  'ec2/us-east-1/linux/m8i.large': '0.0100',
  'ec2/us-east-1/linux/m8a.large': '0.0100',
  'ec2/us-east-1/linux/m3.medium': '0.067',
  'ec2/us-east-1/linux/m7a.medium': '0.05796',
  'ec2/us-east-1/linux/m1.small': '0.044',
};
const judge = (item: Parameters<typeof anInstance>[0] = {}, more: object = {}) =>
  judged(ec2PreviousGeneration, aSubject({ of: anInstance(item), prices: PRICES, instanceTypes: TYPES, ...more }));

describe('ec2PreviousGeneration', () => {
  it('moves m5.large to the cheapest newer x86 type, m6a.large, for 7.01 a month', () => {
    expect(judge()).toStrictEqual({
      verdict: 'FINDING',
      figures: { saving_percent: '10.0', list_cost: '70.08', list_saving: '7.01' },
    });
  });

  it('says that the local disk of an m3.medium is not replaced', () => {
    const verdict = ec2PreviousGeneration.judge(
      aSubject({ of: anInstance({ InstanceType: 'm3.medium' }), prices: PRICES, instanceTypes: TYPES }),
    );

    expect(verdict).toMatchObject({
      verdict: 'FINDING',
      confidence: '0.70',
      statement: expect.stringContaining('m7a.medium'),
    });
    expect(verdict).toMatchObject({ statement: expect.stringContaining('local instance store') });
  });

  it.each([
    ['is stopped', { State: { Name: 'stopped' } }, {}],
    ['is of a current type', { InstanceType: 'm6a.large' }, {}],
    ['has only dearer successors', {}, { prices: { ...PRICES, 'ec2/us-east-1/linux/m6a.large': '0.0961' } }],
    ['has a successor at the same price', {}, { prices: { ...PRICES, 'ec2/us-east-1/linux/m6a.large': '0.0960' } }],
  ])('says nothing about an instance that %s', (_, item, more) => {
    expect(judge(item, more)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['NO_PRICE', 'the region has no price', {}, { prices: {} }],
    ['NO_PRICE', 'it runs on Spot', { InstanceLifecycle: 'spot' }, {}],
    ['NO_PRICE', 'it is a dedicated tenant', { Placement: { Tenancy: 'dedicated' } }, {}],
    ['NO_PRICE', 'it is billed as Red Hat', { PlatformDetails: 'Red Hat Enterprise Linux' }, {}],
    ['NO_SPECIFICATION', 'nobody knows the type', { InstanceType: 'm5.mini' }, {}],
    ['NO_SPECIFICATION', 'no current type has its size', { InstanceType: 'm1.small' }, {}],
    ['FIELD_MISSING', 'the answer has no type', { InstanceType: null }, {}],
  ])('cannot know (%s) when %s', (reason, _, item, more) => {
    expect(judge(item, more)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
