import { Decimal, parseDecimal } from '../money.ts';
import type { Entry } from '../model/rule.ts';
import { type Table, usdOf } from './table.ts';
import type { Usage } from './usage.ts';

/** The share of a quantity that one price entry covers. */
export interface PricedPart {
  readonly entry: Entry;
  readonly quantity: Decimal;
  /** USD a month, unrounded. */
  readonly usd: Decimal;
}

/**
 * Splits a monthly quantity over the price tiers of its key; `undefined` when the key has no price.
 *
 * The first tier stands at the key, the following at `<key>/tier-2`, `<key>/tier-3`, each with `from`: the monthly quantity above which
 * it applies, in the unit of the entry. An entry with `up_to` holds up to that quantity: when more is used and the next tier has no
 * sourced price, nothing is priced.
 */
export function priceQuantity({ key, quantity }: Usage, prices: Table): readonly PricedPart[] | undefined {
  const tiers = tiersOf(key, prices);
  if (tiers.length === 0 || quantity.greaterThan(limitOf(tiers))) return undefined;
  const parts = tiers.map(({ entry, from }, index) => {
    const end = Decimal.min(quantity, tiers[index + 1]?.from ?? quantity);
    return { entry, quantity: end.minus(from) };
  });
  return parts
    .filter(({ quantity: share }, index) => index === 0 || share.greaterThan(0))
    .map((part) => ({ ...part, usd: part.quantity.times(usdOf(part.entry)) }));
}

interface Tier {
  readonly entry: Entry;
  readonly from: Decimal;
}

function tiersOf(key: string, prices: Table): readonly Tier[] {
  const first = prices(key);
  const tiers: Tier[] = first === undefined ? [] : [{ entry: first, from: new Decimal(0) }];
  for (let next = 2; tiers.length === next - 1; next += 1) {
    const entry = prices(`${key}/tier-${next}`);
    if (entry !== undefined) tiers.push({ entry, from: parseDecimal(entry.value['from']) });
  }
  return tiers;
}

function limitOf(tiers: readonly Tier[]): Decimal {
  const upTo = tiers.at(-1)?.entry.value['up_to'];
  return upTo === undefined ? new Decimal(Infinity) : parseDecimal(upTo);
}
