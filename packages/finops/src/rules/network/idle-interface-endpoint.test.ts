import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { networkIdleInterfaceEndpoint } from './idle-interface-endpoint.ts';

const bytes = (value: number, days = 30) =>
  aSeries('BytesProcessed', hourly(days, value), {
    namespace: 'AWS/PrivateLinkEndpoints',
    dimensions: { 'VPC Endpoint Id': 'vpce-1', 'Endpoint Type': 'Interface' },
    stat: 'Sum',
  });
const judge = (
  series: ReturnType<typeof bytes>[],
  item: JsonObject = {},
  prices: Record<string, string> = { 'vpc/us-east-1/interface-endpoint/hour': '0.01' },
) => {
  const full = {
    VpcEndpointId: 'vpce-1',
    VpcEndpointType: 'Interface',
    State: 'available',
    ServiceName: 'com.amazonaws.us-east-1.ssm',
    SubnetIds: ['subnet-1', 'subnet-2'],
    ...item,
  };
  return judged(
    networkIdleInterfaceEndpoint,
    aSubject({ of: anObserved('VpcEndpoint', 'vpce-1', full), series, prices }),
  );
};

describe('networkIdleInterfaceEndpoint', () => {
  it('deletes an endpoint in two zones without a byte: 2 x 0.01 x 730', () => {
    expect(judge([bytes(0)])).toStrictEqual({
      verdict: 'FINDING',
      figures: { bytes: '0', days: '30', list_cost: '14.60', list_saving: '14.60' },
    });
  });

  it.each<[string, Parameters<typeof judge>]>([
    ['moved a byte', [[bytes(1)]]],
    ['is a gateway, which is free', [[], { VpcEndpointType: 'Gateway' }]],
    ['is being made', [[], { State: 'pending' }]],
    ['stands in no subnet', [[], { SubnetIds: [] }]],
  ])('says nothing about an endpoint that %s', (_, given) => {
    expect(judge(...given)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each<[string, string, Parameters<typeof judge>]>([
    ['NO_METRICS', 'nobody measured', [[]]],
    ['METRICS_INCOMPLETE', 'two weeks were measured', [[bytes(0, 14)]]],
    ['FIELD_MISSING', 'the type is not said', [[bytes(0)], { VpcEndpointType: null }]],
  ])('cannot know (%s) when %s', (reason, _, given) => {
    expect(judge(...given)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('stands without dollars when no price is sourced', () => {
    expect(judge([bytes(0)], {}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
