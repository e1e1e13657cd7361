import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { networkIdleElasticIp } from './idle-elastic-ip.ts';

const judge = (item: JsonObject, prices: Record<string, string> = { 'vpc/us-east-1/public-ipv4/hour': '0.005' }) =>
  judged(
    networkIdleElasticIp,
    aSubject({
      of: anObserved('ElasticIp', 'eipalloc-1', { PublicIp: '3.230.55.239', Domain: 'vpc', ...item }),
      prices,
    }),
  );

describe('networkIdleElasticIp', () => {
  it.each([
    ['of a VPC', { PublicIpv4Pool: 'amazon' }],
    ['of EC2-Classic with an empty instance id', { Domain: 'standard', InstanceId: '' }],
  ])('releases an address %s for 3.65 a month', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '3.65', list_saving: '3.65' } });
  });

  it.each([
    ['associated', { AssociationId: 'eipassoc-1' }],
    ['on an instance', { InstanceId: 'i-1' }],
    ['brought by the customer', { PublicIpv4Pool: 'ipv4pool-ec2-1' }],
  ])('says nothing about an address that is %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('has no dollars without a price, and cannot know without an address', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
    expect(judge({ PublicIp: null }).reason).toBe('FIELD_MISSING');
  });
});
