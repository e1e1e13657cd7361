import { Decimal } from '@infrafabric/finops';
import type { JsonObject, JsonValue } from '@infrafabric/protocol';
import { type PricePoint, pricePoints } from './price-point.ts';
import { textsOf } from './texts-of.ts';

/**
 * Spot prices of a region by instance type and availability zone: `ec2-spot/<region>/linux/<type>/<zone>`.
 *
 * `pages` are answers of DescribeSpotPriceHistory; of several prices of a zone the newest counts, dated by its `Timestamp`.
 */
export function spotPrices(region: string, pages: readonly JsonObject[]): readonly PricePoint[] {
  const newest = new Map<string, { readonly usd: string; readonly at: string }>();
  for (const item of pages.flatMap(({ SpotPriceHistory: items }) => (Array.isArray(items) ? items : []))) {
    const { InstanceType: type, AvailabilityZone: zone, SpotPrice: usd, Timestamp: at } = textsOf(item);
    if (!isLinux(item) || type === undefined || zone === undefined || usd === undefined || at === undefined) continue;
    const key = `ec2-spot/${region}/linux/${type}/${zone}`;
    if (at > (newest.get(key)?.at ?? '')) newest.set(key, { usd, at });
  }
  return [...newest].flatMap(([key, { usd, at }]) => {
    const origin = { source: 'EC2 DescribeSpotPriceHistory', as_of: at.slice(0, 10) };
    return pricePoints({ key, unit: 'hour' }, [{ begin: new Decimal(0), usd: new Decimal(usd) }], origin);
  });
}

const isLinux = (item: JsonValue): boolean =>
  /^Linux\/UNIX(?: \(Amazon VPC\))?$/.test(textsOf(item)['ProductDescription'] ?? '');
