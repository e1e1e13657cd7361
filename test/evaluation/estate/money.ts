import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Terms } from './planned.ts';

const PRICES: Readonly<Record<string, { usd: string }>> = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../packages/finops/data/prices.json'), 'utf8'),
).entries;

/** Hours of a month of 30.44 days. */
const HOURS = 730.56;

/** The list price under a key of the price table; `undefined` = the table has none. */
export function listPrice(key: string): number | undefined {
  const usd = PRICES[key]?.usd;
  return usd === undefined ? undefined : Number(usd);
}

/** What the bill charges: the list price, or where our table has none a tenth more than in us-east-1 (no claim about AWS). */
export function chargedPrice(key: string): number {
  const known = listPrice(key);
  if (known !== undefined) return known;
  const [service, , ...rest] = key.split('/');
  const home = listPrice([service, 'us-east-1', ...rest].join('/'));
  if (home === undefined) throw new Error(`no price to charge for ${key}`);
  return home * 1.1;
}

/** USD of a month on the bill for something of this list price an hour; 'unpriced' stays what it is. */
export const byHour = (usd: number | undefined, { discount }: Terms): number | 'unpriced' =>
  usd === undefined ? 'unpriced' : usd * HOURS * (1 - discount);

/** USD of a month on the bill for something of this list price a month. */
export const byMonth = (usd: number | undefined, { discount }: Terms): number | 'unpriced' =>
  usd === undefined ? 'unpriced' : usd * (1 - discount);

/** The best plan's worth where a truth has dollars. */
export const bestOf = (truth: number | 'unpriced'): { best?: number } => (truth === 'unpriced' ? {} : { best: truth });
