import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ec2UnusedCapacityReservation } from './unused-capacity-reservation.ts';

const judge = (item: JsonObject, prices: Record<string, string> = { 'ec2/us-east-1/linux/m5.large': '0.0960' }) =>
  judged(
    ec2UnusedCapacityReservation,
    aSubject({
      of: anObserved('Ec2CapacityReservation', 'cr-1', {
        CapacityReservationId: 'cr-1',
        InstanceType: 'm5.large',
        InstancePlatform: 'Linux/UNIX',
        Tenancy: 'default',
        State: 'active',
        CreateDate: '2026-11-13T00:00:00Z',
        TotalInstanceCount: 5,
        AvailableInstanceCount: 3,
        ...item,
      }),
      prices,
    }),
  );

it('finds three free of five reserved instances, which is what the reservation itself costs: 3 x 0.096 x 730', () => {
  expect(judge({})).toStrictEqual({
    verdict: 'FINDING',
    figures: { unused: '3', list_cost: '210.24', list_saving: '210.24' },
  });
});

it.each([[{ AvailableInstanceCount: 0 }], [{ State: 'pending' }], [{ CreateDate: '2026-11-14T00:00:00Z' }]])(
  'says OK of %o',
  (item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  },
);

it.each([
  ['NO_PRICE', { InstancePlatform: 'Windows' }],
  ['NO_PRICE', { Tenancy: 'dedicated' }],
  ['FIELD_MISSING', { AvailableInstanceCount: undefined }],
])('cannot know (%s) from %o', (reason, item) => {
  expect(judge(item)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('has no dollars without a price', () => {
  expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
