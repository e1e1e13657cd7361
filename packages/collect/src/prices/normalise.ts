import { Decimal, type PriceEntry } from '@infrafabric/finops';
import type { JsonValue } from '@infrafabric/protocol';
import { instanceMeasure, reservedKey } from './instances.ts';
import { type Measure, type PriceOrigin, type PricePoint, pricePoints, type RangePrice } from './price-point.ts';
import { type Product, readProduct, type Term } from './product.ts';
import { METERED_USAGE } from './usage-types.ts';

/** Prices under our keys, and what did not become one. */
export interface NormalisedPrices {
  readonly entries: Readonly<Record<string, PriceEntry>>;
  /** Keys for which products state different prices; none of them is taken. */
  readonly conflicts: readonly string[];
  /** Products read that file under no key of ours. */
  readonly unlisted: number;
}

/** Elements of `PriceList` (parsed JSON) as entries of our table. */
export function normaliseProducts(items: Iterable<JsonValue>, origin: PriceOrigin): NormalisedPrices {
  const points: PricePoint[] = [];
  let unlisted = 0;
  for (const item of items) {
    const product = readProduct(item);
    const found = product === undefined ? [] : pointsOf(product, origin);
    if (found.length === 0) unlisted += 1;
    points.push(...found);
  }
  return { ...entriesOf(points), unlisted };
}

/** Points by key. A key with two prices has none, and no tiers: part of a price is not a price. */
export function entriesOf(points: readonly PricePoint[]): Pick<NormalisedPrices, 'entries' | 'conflicts'> {
  const byKey = new Map<string, PriceEntry>();
  const broken = new Set<string>();
  for (const { key, entry } of points) {
    const known = byKey.get(key) ?? entry;
    if (known.usd !== entry.usd || known['from'] !== entry['from']) broken.add(firstTier(key));
    byKey.set(key, known);
  }
  const sound = [...byKey].filter(([key]) => !broken.has(firstTier(key))).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { entries: Object.fromEntries(sound), conflicts: [...broken].toSorted() };
}

const firstTier = (key: string): string => key.replace(/\/tier-[0-9]+$/, '');

function pointsOf(product: Product, origin: PriceOrigin): readonly PricePoint[] {
  const from = { ...origin, sku: product.sku };
  const measure = meteredMeasure(product) ?? instanceMeasure(product) ?? transferMeasure(product);
  if (measure === undefined) return io2Points(product, origin);
  const onDemand = product.onDemand.flatMap(({ ranges }) => pricePoints(measure, ranges, from));
  const reserved = product.reserved.flatMap((term) => {
    const key = reservedKey(measure.key, term.attributes);
    if (key === undefined) return [];
    return [
      ...pricePoints({ ...measure, key }, term.ranges, from),
      ...pricePoints({ ...measure, key: `${key}/effective` }, effectiveRange(term), from),
    ];
  });
  return [...onDemand, ...reserved];
}

/** What an hour of a reservation with a fee costs in all: its hourly part and the fee over the hours of the term; none without a fee. */
function effectiveRange({ attributes, ranges, fee }: Term): RangePrice[] {
  const years = Number.parseInt(attributes['LeaseContractLength'] ?? '', 10);
  if (fee === undefined || !fee.greaterThan(0) || Number.isNaN(years)) return [];
  const hourly = ranges[0]?.usd ?? new Decimal(0);
  const usd = hourly.plus(fee.div(HOURS_PER_YEAR * years)).toDecimalPlaces(10);
  return [{ begin: new Decimal(0), usd }];
}

const HOURS_PER_YEAR = 8760;

function meteredMeasure({ serviceCode, usageType, region }: Product): Measure | undefined {
  for (const [service, pattern, key, unit, times = 1] of METERED_USAGE) {
    const match = service === serviceCode ? pattern.exec(usageType) : null;
    if (match === null) continue;
    const filled = key.replace('{r}', region).replace('{1}', (match[1] ?? '').toLowerCase());
    return region === '' && key.includes('{r}') ? undefined : { key: filled, unit, times };
  }
  return undefined;
}

/** Data between regions has a price for each pair. */
function transferMeasure({ serviceCode, usageType, region, attributes }: Product): Measure | undefined {
  const { toRegionCode: to = '' } = attributes;
  const isBetween = serviceCode === 'AWSDataTransfer' && usageType.endsWith('AWS-Out-Bytes');
  return isBetween && region !== '' && to !== '' ? { key: `transfer/${region}/to-${to}/gb`, unit: 'GB' } : undefined;
}

/**
 * io2 has a product for each tier of IOPS, each from 0 on; the limits are those of the Amazon EBS User Guide, "EBS usage types":
 * up to 32,000, up to 64,000, above.
 */
function io2Points({ usageType, region, onDemand, sku }: Product, origin: PriceOrigin): readonly PricePoint[] {
  const tier = /^EBS:VolumeP-IOPS\.io2(?:\.tier([23]))?$/.exec(usageType);
  if (tier === null || region === '') return [];
  const [suffix, from] = IO2_TIERS[tier[1] ?? '1'] ?? ['', undefined];
  const measure = { key: `ebs/${region}/io2/iops-month${suffix}`, unit: 'IOPS-month' };
  return onDemand.flatMap(({ ranges }) =>
    pricePoints(measure, ranges.slice(0, 1), { ...origin, sku }).map(({ key, entry }) => ({
      key,
      entry: from === undefined ? entry : { ...entry, from },
    })),
  );
}

const IO2_TIERS: Readonly<Record<string, readonly [suffix: string, from: string | undefined]>> = {
  1: ['', undefined],
  2: ['/tier-2', '32000'],
  3: ['/tier-3', '64000'],
};
