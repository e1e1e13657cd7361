import { type Cited, type JsonObject, isJsonObject } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import type { LineFilter, LineSets } from './bill-sums.ts';
import { type BillTable, billOf } from './bill-table.ts';

/**
 * The bill a derivation cites: one or several whole tables, and exchange rates if there are any.
 *
 * @throws FinopsError `CITED_VALUE_MISSING` when a citation is something else.
 */
export function citedBill(cited: readonly Cited[]): BillTable {
  return billOf(cited);
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

/** The `in` parameter: a list of labels by column, `null` for an absent cell. @throws FinopsError `CITED_VALUE_MISSING`. */
export function lineSetsParam(params: JsonObject): LineSets {
  const { in: sets } = params;
  if (isJsonObject(sets) && isLineSets(sets)) return sets;
  throw new FinopsError('CITED_VALUE_MISSING', {
    message: 'expected a parameter in with a list of texts or nulls for each column, got another shape',
  });
}

function isLineSets(sets: JsonObject): sets is JsonObject & LineSets {
  return Object.values(sets).every(
    (labels) => Array.isArray(labels) && labels.every((label) => label === null || typeof label === 'string'),
  );
}

function isLineFilter(filter: JsonObject): filter is JsonObject & LineFilter {
  return Object.values(filter).every((label) => label === null || typeof label === 'string');
}
