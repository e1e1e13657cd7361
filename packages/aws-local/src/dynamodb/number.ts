import { Decimal } from 'decimal.js';
import { validation } from './faults.ts';

/** Wide enough for the exact sum of any two DynamoDB numbers: exponents from -130 to 125 and 38 digits. */
const Exact = Decimal.clone({ precision: 300, toExpNeg: -400, toExpPos: 400 });

/** Source: DynamoDB developer guide, data types, number (2026-11). */
const MAX_DIGITS = 38;
const MAX_EXPONENT = 125;
const MIN_EXPONENT = -130;

/** Integers that are written in canonical form already. */
const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** The one spelling of a number: no exponent, no leading or trailing zeros. Answers `text` itself when it is that. */
export function canonicalNumber(text: string): string {
  return CANONICAL_INTEGER.test(text) ? text : parseNumber(text).toFixed();
}

/** The exact sum, or difference when `sign` is -1, of two canonical numbers. */
export function addNumbers(left: string, right: string, sign: 1 | -1): string {
  return inRange(parseNumber(left).plus(parseNumber(right).times(sign))).toFixed();
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareNumbers(left: string, right: string): number {
  return parseNumber(left).comparedTo(parseNumber(right));
}

/**
 * A text whose byte order is the order of the numbers: sign, exponent, digits.
 * The exponent and the digits of a negative number are complemented, and a final `~` puts the shorter one last.
 */
export function sortableNumber(canonical: string): string {
  const number = parseNumber(canonical);
  if (number.isZero()) return '1';
  const digits = number.abs().toExponential().split('e')[0]?.replace('.', '') ?? '';
  const exponent = number.e + 200;
  if (number.isPositive()) return `2${String(exponent).padStart(3, '0')}${digits}`;
  const complement = digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
  return `0${String(999 - exponent).padStart(3, '0')}${complement}~`;
}

function parseNumber(text: string): Decimal {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
    throw validation(`The parameter cannot be converted to a numeric value: ${text}`);
  }
  return inRange(new Exact(text));
}

function inRange(number: Decimal): Decimal {
  if (number.isZero()) return number.abs();
  if (number.precision() > MAX_DIGITS) {
    throw validation('Attempting to store more than 38 significant digits in a Number');
  }
  if (number.e > MAX_EXPONENT) {
    throw validation('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (number.e < MIN_EXPONENT) {
    throw validation('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  return number;
}
