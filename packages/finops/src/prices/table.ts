import { type EvidenceId, type JsonObject, type JsonValue, isJsonObject, jsonPointer } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { parseDecimal, type Decimal } from '../money.ts';
import type { Entry } from '../model/rule.ts';

/** A dated table of facts as evidence: looks up an entry by key and says where it stands; `undefined` = nobody sourced it. */
export interface Table {
  (key: string): Entry | undefined;
  /** The table this one passes questions on to, unchanged; absent = it answers itself. */
  readonly behind?: Table;
}

/**
 * Opens a table document `{"as_of", "entries": {"<key>": {...}}}` that is stored as evidence.
 *
 * Each answer cites `/entries/<key>` of that evidence.
 * @throws FinopsError `TABLE_MALFORMED` when there is no `entries` object.
 */
export function openTable(document: JsonValue, evidence: EvidenceId): Table {
  const entries = isJsonObject(document) ? document['entries'] : undefined;
  if (!isJsonObject(entries)) {
    throw new FinopsError('TABLE_MALFORMED', { message: 'expected an object with entries', where: evidence });
  }
  const known = new Map<string, Entry | undefined>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found;
    const entry = entryAt(entries, key, evidence);
    known.set(key, entry);
    return entry;
  };
}

function entryAt(entries: JsonObject, key: string, evidence: EvidenceId): Entry | undefined {
  const value = Object.hasOwn(entries, key) ? entries[key] : undefined;
  if (!isJsonObject(value)) return undefined;
  return { value, citation: { evidence, pointer: jsonPointer(['entries', key]), media_type: 'application/json' } };
}

/**
 * The unit price of a price table entry, unrounded, in USD per its `unit`.
 *
 * @throws FinopsError `VALUE_NOT_DECIMAL`.
 */
export function usdOf(entry: Entry): Decimal {
  return parseDecimal(entry.value['usd']);
}

/** A price table entry as our data file carries it. */
export interface PriceEntry extends JsonObject {
  readonly usd: string;
  readonly unit: string;
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly as_of: string;
}

/** What an entry may say besides, and what `<key>/tier-<n>` entries must say. */
export interface PriceEntryDetails {
  /** SKU of the AWS price list. */
  readonly sku?: string;
  /** Tier entries: the monthly quantity above which the price applies, in units of the entry. */
  readonly from?: string;
  /** The monthly quantity up to which the price holds, where the next tier is not sourced. */
  readonly up_to?: string;
  /** Other sources that state the same price. */
  readonly confirmed_by?: readonly { readonly source: string; readonly as_of: string; readonly sku?: string }[];
  /** How far a price quoted by public texts only is believed, "0.00" to "1.00". */
  readonly confidence?: string;
  /** Days after which the price counts as old, when sooner than usual. */
  readonly stale_after_days?: number;
}
