import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { networkIdleTransitGatewayAttachment } from './idle-transit-gateway-attachment.ts';

const ITEM = { TransitGatewayAttachmentId: 'tgw-attach-1', ResourceType: 'vpc', State: 'available' };
const use = (value: number, days = 14) =>
  ['BytesIn', 'BytesOut'].map((metric, line) =>
    aSeries(metric, hourly(days, value), {
      namespace: 'AWS/TransitGateway',
      stat: 'Sum',
      dimensions: { TransitGateway: 'tgw-1', TransitGatewayAttachment: 'tgw-attach-1' },
      line,
    }),
  );
const judge = (series: ReturnType<typeof use>, item: JsonObject = {}, more: object = {}) =>
  judged(
    networkIdleTransitGatewayAttachment,
    aSubject({
      of: anObserved('TransitGatewayAttachment', 'tgw-attach-1', { ...ITEM, ...item }),
      prices: { 'vpc/us-east-1/transit-gateway-attachment/hour': '0.05' },
      series,
      ...more,
    }),
  );

it('finds what nobody used in 14 days, 36.50 a month', () => {
  expect(judge(use(0))).toStrictEqual({
    verdict: 'FINDING',
    figures: { bytes: '0', days: '14', list_cost: '36.50', list_saving: '36.50' },
  });
});

it.each([
  ['is used', use(1), {}],
  ['is a peering, which has no hours', use(0), { ResourceType: 'peering' }],
])('says nothing when it %s', (_, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', [], {}],
  ['METRICS_INCOMPLETE', use(0, 13), {}],
  ['FIELD_MISSING', use(0), { State: undefined }],
])('cannot know (%s)', (reason, series, item) => {
  expect(judge(series, item)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('has no dollars without a price', () => {
  expect(judge(use(0), {}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
