import { type Cited, type JsonObject, isJsonObject } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { isCsvTable } from '../money.ts';
import type { LineFilter } from './bill-sums.ts';
import { type BillTable, billTable } from './bill-table.ts';

/**
 * The one whole bill a derivation cites.
 *
 * @throws FinopsError `CITED_VALUE_MISSING` when the citation is something else.
 */
export function citedBill(cited: readonly Cited[]): BillTable {
  const [value] = cited;
  if (cited.length === 1 && value !== undefined && isCsvTable(value)) return billTable(value);
  throw new FinopsError('CITED_VALUE_MISSING', {
    message: `expected one whole CSV table, got ${cited.length} values of another shape`,
  });
}

/** A text parameter of a derivation. @throws FinopsError `CITED_VALUE_MISSING`. */
export function textParam(params: JsonObject, name: string): string {
  const value = params[name];
  if (typeof value === 'string') return value;
  throw new FinopsError('CITED_VALUE_MISSING', { message: `expected a text parameter ${name}, got none` });
}

/** The `filter` parameter: labels by column, `null` for an absent cell. @throws FinopsError `CITED_VALUE_MISSING`. */
export function filterParam(params: JsonObject): LineFilter {
  const { filter } = params;
  if (isJsonObject(filter) && isLineFilter(filter)) return filter;
  throw new FinopsError('CITED_VALUE_MISSING', {
    message: 'expected a parameter filter with a text or null for each column, got another shape',
  });
}

function isLineFilter(filter: JsonObject): filter is JsonObject & LineFilter {
  return Object.values(filter).every((label) => label === null || typeof label === 'string');
}
