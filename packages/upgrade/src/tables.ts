import type { JsonObject } from '@infrafabric/protocol';
import extendedSupportPrices from '../data/extended-support-prices.json' with { type: 'json' };
import lifecycle from '../data/lifecycle.json' with { type: 'json' };

/** Life cycles by `<product>/<cycle>`: every date with every source's value; which one is chosen stands in `choice`. */
export const LIFECYCLES: JsonObject = lifecycle;

/** Extended-support prices by `extended-support-price/<service>/<region>/<unit>/<phase>`. */
export const EXTENDED_SUPPORT_PRICES: JsonObject = extendedSupportPrices;

/**
 * The life-cycle table a session stores as evidence: life cycles and extended-support prices under one `entries`.
 *
 * The keys of the two data files never meet: prices begin with `extended-support-price/`.
 */
export const LIFECYCLE_TABLE: JsonObject = {
  ...lifecycle,
  entries: { ...lifecycle.entries, ...extendedSupportPrices.entries },
};
