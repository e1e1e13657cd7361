import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { networkS3InterfaceEndpoint } from './s3-interface-endpoint.ts';

const judge = (
  item: JsonObject,
  prices: Record<string, string> = { 'vpc/us-east-1/interface-endpoint/hour': '0.01' },
) =>
  judged(
    networkS3InterfaceEndpoint,
    aSubject({
      of: anObserved('VpcEndpoint', 'vpce-1', {
        VpcEndpointId: 'vpce-1',
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.us-east-1.s3',
        State: 'available',
        SubnetIds: ['subnet-1', 'subnet-2'],
        ...item,
      }),
      prices,
    }),
  );

it('finds a paid way to S3 in two subnets: 2 x 0.01 x 730', () => {
  expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '14.60', list_saving: '14.60' } });
});

it.each([
  [{ VpcEndpointType: 'Gateway' }],
  [{ ServiceName: 'com.amazonaws.us-east-1.athena' }],
  [{ ServiceName: 'com.amazonaws.us-west-2.s3' }],
  [{ State: 'pending' }],
  [{ SubnetIds: [] }],
])('says OK of %o', (item) => {
  expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('cannot know without a service, and has no dollars without a price', () => {
  expect(judge({ ServiceName: undefined }).reason).toBe('FIELD_MISSING');
  expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
