import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ec2IdleDedicatedHost } from './idle-dedicated-host.ts';

const judge = (item: JsonObject, prices: Record<string, string> = { 'ec2/us-east-1/dedicated-host/mac1': '1.083' }) =>
  judged(
    ec2IdleDedicatedHost,
    aSubject({
      of: anObserved('Ec2Host', 'h-1', {
        HostId: 'h-1',
        State: 'available',
        AllocationTime: '2026-11-13T00:00:00Z',
        Instances: [],
        HostProperties: { InstanceType: 'mac1.metal' },
        ...item,
      }),
      prices,
    }),
  );

it('finds a host on which nothing runs for a week: 1.083 x 730', () => {
  expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '790.59', list_saving: '790.59' } });
});

it.each([
  [{ Instances: [{ InstanceId: 'i-1' }] }],
  [{ State: 'pending' }],
  [{ AllocationTime: '2026-11-14T00:00:00Z' }],
])('says OK of %o', (item) => {
  expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('cannot know without its instances, and has no dollars without a price', () => {
  expect(judge({ Instances: undefined }).reason).toBe('FIELD_MISSING');
  expect(judge({ HostProperties: { InstanceFamily: 'm5' } })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
