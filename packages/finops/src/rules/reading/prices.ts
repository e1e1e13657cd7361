import type { Cited } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Entry } from '../../model/rule.ts';
import { type Decimal, parseDecimal } from '../../money.ts';

const Price = z.object({ usd: z.string(), as_of: z.iso.date().optional() });

/** The unit price of a cited price table entry. Throws when the cited value is not one. */
export function unitPrice(cited: Cited | undefined): Decimal {
  if (typeof cited !== 'object' || cited === null) return parsePrice(cited);
  const known = PARSED.get(cited) ?? parsePrice(cited);
  PARSED.set(cited, known);
  return known;
}

/** Entries of a table are the same objects each time. */
const PARSED = new WeakMap<object, Decimal>();

const parsePrice = (cited: Cited | undefined): Decimal => parseDecimal(Price.parse(cited).usd);

/** The dates of prices as a reader sees them: one day, or the first and the last. */
export function priceDates(entries: readonly Entry[]): string {
  const days = entries.flatMap((entry) => Price.safeParse(entry.value).data?.as_of ?? []).toSorted();
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return 'an unknown date';
  return first === last ? first : `${first} to ${last}`;
}

/** The candidate with the lowest unit price; ties go to the first. */
export function cheapest<T extends { readonly price: Entry }>(candidates: readonly T[]): T | undefined {
  let best: T | undefined;
  for (const one of candidates) {
    if (best === undefined || unitPrice(one.price.value).lessThan(unitPrice(best.price.value))) best = one;
  }
  return best;
}
