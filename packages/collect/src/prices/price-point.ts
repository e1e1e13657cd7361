import { type Decimal, type PriceEntry, formatDecimal } from '@infrafabric/finops';

/** A price under the key our table files it by. */
export interface PricePoint {
  readonly key: string;
  readonly entry: PriceEntry;
}

/** Where and when prices were read. */
export interface PriceOrigin {
  /** SKU of the price list, where there is one. */
  readonly sku?: string;
  /** Who says so, with the version of the list. */
  readonly source: string;
  /** YYYY-MM-DD: the day the price was read, on which it was the current one. */
  readonly as_of: string;
}

/** One price of a quantity range as AWS states it; `begin` is the quantity from which it applies. */
export interface RangePrice {
  readonly begin: Decimal;
  readonly usd: Decimal;
}

/** What a key measures: its unit, and how many units of AWS one of ours holds (a million requests: 1,000,000). */
export interface Measure {
  readonly key: string;
  readonly unit: string;
  readonly times?: Decimal | number;
}

/**
 * Prices by range as table entries: the first at the key, the next at `/tier-2` and on, with `from`.
 *
 * Ranges that cost nothing are free tiers of an account, not prices of a thing: they are left out, and the first range
 * that costs something starts at nothing.
 */
export function pricePoints(
  { key, unit, times = 1 }: Measure,
  ranges: readonly RangePrice[],
  origin: PriceOrigin,
): readonly PricePoint[] {
  const paid = ranges.filter(({ usd }) => usd.greaterThan(0)).toSorted((a, b) => a.begin.comparedTo(b.begin));
  return paid.map(({ begin, usd }, index) => {
    const from = index === 0 ? {} : { from: formatDecimal(begin.div(times)) };
    const entry = { usd: formatDecimal(usd.times(times), PLACES), unit, ...origin, ...from };
    return { key: index === 0 ? key : `${key}/tier-${index + 1}`, entry };
  });
}

/** The price list has ten decimals; GiB to MiB adds ten binary places. */
const PLACES = 14;
