import type { Entry } from './model/rule.ts';
import { Decimal } from './money.ts';
import { isPriceStale } from './prices/price-age.ts';
import { isConfident } from './savings/headline.ts';

/** How much an old price takes from a finding's confidence. Source: our own choice; the report prints each price's date. */
const STALE_PRICE_PENALTY = new Decimal('0.10');

/**
 * How sure a finding is, `0.00` to `1.00`.
 *
 * Starts from what the rule says, or the least sure table entry it cites; an old price takes 0.10; a bill that covers the
 * resource is a second, independent source and halves what is missing to 1. A bill confirms what a thing costs, not what load
 * it carries: a finding its rule is not confident of, such as a size chosen without memory metrics, gains nothing from it.
 */
export function confidenceOf(
  stated: string,
  from: { entries: readonly Entry[]; asOf: string; billed: boolean },
): string {
  const entries = from.entries.map(
    ({ value }) => new Decimal(typeof value['confidence'] === 'string' ? value['confidence'] : 1),
  );
  let confidence = Decimal.min(new Decimal(stated), ...entries);
  const stale = from.entries.some((entry) => entry.value['usd'] !== undefined && isPriceStale(entry, from.asOf));
  if (stale) confidence = confidence.minus(STALE_PRICE_PENALTY);
  if (from.billed && isConfident({ confidence: stated })) confidence = confidence.plus(1).div(2);
  return Decimal.max(0, Decimal.min(1, confidence)).toFixed(2);
}
