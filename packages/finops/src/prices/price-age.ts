import type { Entry } from '../model/rule.ts';

/** After how many days a price counts as old, unless its entry says `stale_after_days` (GPU prices fell by half within two years). */
export const PRICE_STALE_AFTER_DAYS = 90;

const DAY_MS = 86_400_000;

/** How many days a price is old on a date; negative when it is younger. Both dates are YYYY-MM-DD. */
export function priceAgeDays(entry: Entry, asOf: string): number {
  return Math.round((Date.parse(asOf) - Date.parse(textOf(entry, 'as_of'))) / DAY_MS);
}

/** Whether a price is older than it may be on a date; a price without a readable date is. */
export function isPriceStale(entry: Entry, asOf: string): boolean {
  const own = entry.value['stale_after_days'];
  const age = priceAgeDays(entry, asOf);
  return Number.isNaN(age) || age > (typeof own === 'number' ? own : PRICE_STALE_AFTER_DAYS);
}

const textOf = (entry: Entry, member: string): string => {
  const value = entry.value[member];
  return typeof value === 'string' ? value : '';
};
