import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { aType, anArmType } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { eksNodeGraviton } from './node-graviton.ts';

const TYPES = { 'm5.large': aType(2, '8'), 'm6g.large': anArmType(2, '8') };
const PRICES = { 'ec2/us-east-1/linux/m5.large': '0.096', 'ec2/us-east-1/linux/m6g.large': '0.077' };
const judge = (item: JsonObject, prices: Record<string, string> = PRICES) =>
  judged(
    eksNodeGraviton,
    aSubject({
      of: anObserved('EksNodegroup', 'prod/apps', {
        nodegroupName: 'apps',
        amiType: 'AL2023_x86_64_STANDARD',
        instanceTypes: ['m5.large'],
        scalingConfig: { minSize: 1, maxSize: 5, desiredSize: 3 },
        ...item,
      }),
      prices,
      instanceTypes: TYPES,
    }),
  );

describe('eksNodeGraviton', () => {
  it('finds three m5.large nodes that cost 19.8 % less as m6g.large, and leaves the dollars to the instances', () => {
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { saving_percent: '19.8', nodes: '3' } });
  });

  it.each([
    ['of arm64 nodes', { amiType: 'AL2023_ARM_64_STANDARD' }],
    ['of Windows nodes', { amiType: 'WINDOWS_CORE_2022_x86_64' }],
    ['of accelerated nodes', { amiType: 'AL2_x86_64_GPU' }],
    ['without nodes', { scalingConfig: { minSize: 0, maxSize: 5, desiredSize: 0 } }],
  ])('says nothing about a node group %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('says nothing where Graviton costs as much', () => {
    expect(judge({}, { ...PRICES, 'ec2/us-east-1/linux/m6g.large': '0.096' }).verdict).toBe('OK');
  });

  it('cannot know without a price, a specification or a type', () => {
    expect(judge({}, {}).reason).toBe('NO_PRICE');
    expect(judge({ instanceTypes: ['m99.large'] }).reason).toBe('NO_SPECIFICATION');
    expect(judge({ instanceTypes: undefined }).reason).toBe('FIELD_MISSING');
  });
});
