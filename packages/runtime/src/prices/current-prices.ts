import { newestPrices, PRICE_TABLE, priceFacts, type PriceFacts, pricesUntil } from '@infrafabric/finops';
import { isJsonObject, type JsonObject } from '@infrafabric/protocol';
import { readUpdatedPrices } from './price-folder.ts';

/** The price table an analysis of a day uses, and what a reader must know of it. */
export interface CurrentPrices {
  readonly table: JsonObject;
  readonly facts: PriceFacts;
}

/**
 * Our table with what `prices update` wrote where that is newer (newest `as_of` wins a key), as it was on the day `asOf`.
 *
 * @throws RuntimeError `PRICE_TABLE_UNREADABLE`.
 */
export function currentPrices(home: string, asOf: string): CurrentPrices {
  const updated = readUpdatedPrices(home);
  if (updated === undefined) return { table: PRICE_TABLE, facts: priceFacts(PRICE_TABLE, new Set(), asOf) };
  const known = pricesUntil(updated, asOf);
  const table = newestPrices(PRICE_TABLE, known);
  const [ours, theirs] = [entriesOf(table), entriesOf(known)];
  const keys = Object.keys(theirs).filter((key) => ours[key] === theirs[key]);
  return { table, facts: priceFacts(table, new Set(keys), asOf) };
}

const entriesOf = (table: JsonObject): JsonObject => (isJsonObject(table['entries']) ? table['entries'] : {});
