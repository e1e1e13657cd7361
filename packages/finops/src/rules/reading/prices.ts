import type { Cited } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Entry } from '../../model/rule.ts';
import { Decimal, parseDecimal } from '../../money.ts';
import { daysBefore } from './dates.ts';

const Price = z.object({ usd: z.string(), as_of: z.iso.date().optional() });

/** Days after which a table price counts as stale. Source: finops method rule of this catalogue; EC2 prices change about twice a year. */
const STALE_AFTER_DAYS = 90;

/** The unit price of a cited price table entry. Throws when the cited value is not one. */
export const unitPrice = (cited: Cited | undefined): Decimal => parseDecimal(Price.parse(cited).usd);

/** The dates of prices as a reader sees them: one day, or the first and the last. */
export function priceDates(entries: readonly Entry[]): string {
  const days = entries.flatMap((entry) => Price.safeParse(entry.value).data?.as_of ?? []).toSorted();
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return 'an unknown date';
  return first === last ? first : `${first} to ${last}`;
}

/** A confidence, 0.10 lower when one of the prices behind it is stale at `asOf`. */
export function pricedConfidence(base: string, entries: readonly Entry[], asOf: string): string {
  const stale = entries.some((entry) => {
    const day = Price.safeParse(entry.value).data?.as_of;
    return day === undefined || daysBefore(asOf, `${day}T00:00:00Z`) > STALE_AFTER_DAYS;
  });
  return new Decimal(base).minus(stale ? '0.10' : '0').toFixed(2);
}
