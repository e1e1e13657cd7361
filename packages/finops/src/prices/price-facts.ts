import { type JsonObject, isJsonObject } from '@infrafabric/protocol';

/** What a reader must know of a price table: how large and how old it is, and how much of it was read from AWS. */
export interface PriceFacts {
  readonly entries: number;
  /** Entries that came from an update; 0 = the embedded table alone. */
  readonly updated: number;
  /** YYYY-MM-DD of the newest entry. */
  readonly newest: string;
  /** Half of the entries are older than this many days on the day of the analysis. */
  readonly median_age_days: number;
}

const DAY_MS = 86_400_000;

/** The facts of a table document on a day; `updated` holds the keys an update brought. */
export function priceFacts(table: JsonObject, updated: ReadonlySet<string>, asOf: string): PriceFacts {
  const entries = Object.entries(isJsonObject(table['entries']) ? table['entries'] : {});
  const dates = entries.flatMap(([, entry]) => {
    const date = isJsonObject(entry) ? entry['as_of'] : undefined;
    return typeof date === 'string' ? [date] : [];
  });
  const sorted = dates.toSorted();
  const median = sorted[Math.floor(sorted.length / 2)] ?? asOf;
  return {
    entries: entries.length,
    updated: entries.filter(([key]) => updated.has(key)).length,
    newest: sorted.at(-1) ?? '',
    median_age_days: Math.max(0, Math.round((Date.parse(asOf) - Date.parse(median)) / DAY_MS)),
  };
}
