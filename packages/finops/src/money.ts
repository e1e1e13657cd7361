import { type Cited, type CsvTable, type DecimalString, type JsonValue, resolvePointer } from '@infrafabric/protocol';
import { Decimal as DecimalJs } from 'decimal.js';
import { FinopsError } from './errors.ts';

/**
 * Decimal arithmetic of this package: 40 significant digits, ties to the even neighbour, plain notation.
 *
 * The one rounding rule: money is rounded half-even to cents where it becomes a figure, never in between; unit prices and
 * quantities are not rounded. Half-even is the default of IEEE 754-2019 section 4.3.3: it does not drift upwards in sums.
 */
export const Decimal = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});
/** A number of {@link Decimal}. */
export type Decimal = DecimalJs;

/** Hours a month for on-demand prices. Source: AWS Pricing Calculator, "730 hours in a month" (365 * 24 / 12), read 2026-11-20. */
export const HOURS_PER_MONTH = new Decimal(730);

/** Days a month when a bill period is scaled to a month. Source: Flexera policy templates, "30.44 days" (365.25 / 12 = 30.4375), read 2026-08-20. */
export const DAYS_PER_MONTH = new Decimal('30.44');

const PLAIN_DECIMAL = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

/**
 * Reads a decimal string in plain notation, or a JSON number as AWS answers carry them.
 *
 * @throws FinopsError `VALUE_NOT_DECIMAL`.
 */
export function parseDecimal(value: JsonValue | undefined): Decimal {
  if (typeof value === 'number' && Number.isFinite(value)) return new Decimal(value);
  if (typeof value === 'string' && PLAIN_DECIMAL.test(value)) return new Decimal(value);
  throw new FinopsError('VALUE_NOT_DECIMAL', {
    message: `expected a decimal such as 12.50, got ${JSON.stringify(value ?? null).slice(0, 80)}`,
  });
}

/**
 * Reads the number at an RFC 6901 pointer inside the cited value `index`; the way a derivation reads its evidence.
 *
 * @throws FinopsError `CITED_VALUE_MISSING` when nothing is there, `VALUE_NOT_DECIMAL` when it is not a number.
 */
export function citedDecimal(cited: readonly Cited[], index: number, pointer = ''): Decimal {
  return parseDecimal(citedValue(cited, index, pointer));
}

/**
 * Reads the JSON value at an RFC 6901 pointer inside the cited value `index`.
 *
 * @throws FinopsError `CITED_VALUE_MISSING` when nothing is there.
 */
export function citedValue(cited: readonly Cited[], index: number, pointer = ''): JsonValue {
  const root = cited[index];
  const value = root === undefined || isCsvTable(root) ? undefined : resolvePointer(root, pointer);
  if (value === undefined) {
    throw new FinopsError('CITED_VALUE_MISSING', {
      message: `expected a value at ${pointer || 'the root'} of citation ${index}, got nothing`,
    });
  }
  return value;
}

/** Money as a figure: half-even to cents, always two decimals, never `-0.00`. */
export function formatUsd(amount: Decimal): DecimalString {
  const cents = amount.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);
  return cents.isZero() ? '0.00' : cents.toFixed(2);
}

/** A price, a rate or a quantity as a figure: plain notation, no trailing zeros, at most `places` decimals (half-even). */
export function formatDecimal(value: Decimal, places = 12): DecimalString {
  const rounded = value.toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);
  return rounded.isZero() ? '0' : rounded.toFixed();
}

/** A monthly amount of an hourly price, unrounded. */
export function perMonth(usdPerHour: Decimal): Decimal {
  return usdPerHour.times(HOURS_PER_MONTH);
}

/** The sum of decimals; 0 of none. */
export function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), new Decimal(0));
}

/** Whether a cited value is a whole CSV table: columns and rows, which no pointer reads. */
export function isCsvTable(value: Cited): value is CsvTable {
  return typeof value === 'object' && value !== null && 'columns' in value && 'rows' in value;
}
