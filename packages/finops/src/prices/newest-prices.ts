import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';

/**
 * The entries of a table that are not younger than a day, as a table: an analysis of a past day does not see later prices.
 */
export function pricesUntil(table: JsonObject, asOf: string): JsonObject {
  const known = Object.entries(entriesOf(table)).filter(([, entry]) => dateOf(entry) <= asOf);
  return { ...table, entries: Object.fromEntries(known) };
}

/**
 * One table of two: for each key the entry with the newest `as_of`; of equal dates the one of `updated`.
 *
 * The tiers of a price come from one table: the one whose first tier is newer. The tables are documents
 * `{"as_of", "entries"}`; the result is one too, dated like its newest entry.
 */
export function newestPrices(embedded: JsonObject, updated: JsonObject): JsonObject {
  const [old, fresh] = [entriesOf(embedded), entriesOf(updated)];
  const entries: Record<string, JsonValue> = {};
  for (const key of [...new Set([...Object.keys(old), ...Object.keys(fresh)])].toSorted()) {
    const entry = isUpdated(firstTier(key), old, fresh) ? fresh[key] : old[key];
    if (entry !== undefined) entries[key] = entry;
  }
  const dates = Object.values(entries).map((entry) => dateOf(entry));
  return { as_of: dates.reduce((newest, date) => (date > newest ? date : newest), ''), entries };
}

const firstTier = (key: string): string => key.replace(/\/tier-[0-9]+$/, '');

function isUpdated(first: string, old: JsonObject, fresh: JsonObject): boolean {
  if (!Object.hasOwn(fresh, first)) return false;
  return !Object.hasOwn(old, first) || dateOf(fresh[first]) >= dateOf(old[first]);
}

const entriesOf = (table: JsonObject): JsonObject => (isJsonObject(table['entries']) ? table['entries'] : {});

function dateOf(entry: JsonValue | undefined): string {
  const date = isJsonObject(entry) ? entry['as_of'] : undefined;
  return typeof date === 'string' ? date : '';
}
