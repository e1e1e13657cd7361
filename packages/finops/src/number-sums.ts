import type { DecimalString } from '@infrafabric/protocol';
import { Decimal, formatDecimal } from './money.ts';

/** The exact sum of JSON numbers, as decimals; 0 of none. Whole numbers and numbers of up to four decimals are added as integers. */
export function sumOfNumbers(values: readonly number[]): Decimal {
  return (
    sumAtScale(values, 1) ??
    sumAtScale(values, 10_000) ??
    sumOfDigits(values) ??
    values.reduce(addNumber, new Decimal(0))
  );
}

const addNumber = (total: Decimal, value: number): Decimal => total.plus(value);

/** Digits every double gives back as they were written. Source: IEEE 754-2019, section 5.12.2, binary64. */
const SURE = 1e15;

/** The sum where every value is a decimal of at most 15 digits that `scale` makes whole; each is then exactly that many parts. */
function sumAtScale(values: readonly number[], scale: number): Decimal | undefined {
  let total = 0;
  for (const value of values) {
    const parts = Math.round(value * scale);
    total += parts;
    const isExact = parts / scale === value && Math.abs(parts) < SURE;
    if (!isExact || !Number.isSafeInteger(total)) return undefined;
  }
  return new Decimal(total).div(scale);
}

/** Decimals of one half of a fraction; two halves hold the at most 17 of CloudWatch's means. */
const HALF = 10;

/** Values whose halves, each below 10^10, add up below 2^53. */
const MOST_VALUES = 900_000;

/** The sum of whole parts and of both halves of the fractions as they are written, each exact in a double; `undefined` for exponents and longer numbers. */
function sumOfDigits(values: readonly number[]): Decimal | undefined {
  if (values.length > MOST_VALUES) return undefined;
  let [whole, high, low] = [0, 0, 0];
  for (const value of values) {
    const size = Math.abs(value);
    const text = String(size);
    const dot = text.indexOf('.');
    const places = dot < 0 ? 0 : text.length - dot - 1;
    if (places > 2 * HALF || (size !== 0 && size < WRITTEN_OUT)) return undefined;
    const sign = value < 0 ? -1 : 1;
    whole += sign * Math.trunc(size);
    if (!Number.isSafeInteger(whole)) return undefined;
    if (places === 0) continue;
    high += sign * Number(text.slice(dot + 1, dot + 1 + HALF)) * tens(HALF - places);
    if (places > HALF) low += sign * Number(text.slice(dot + 1 + HALF)) * tens(2 * HALF - places);
  }
  const total = (BigInt(whole) * UNITS + BigInt(high)) * UNITS + BigInt(low);
  const digits = total.toString();
  return digits.length > 40 ? undefined : new Decimal(digits).div(`1e${2 * HALF}`);
}

/** Below it JavaScript writes an exponent. Source: ECMA-262, Number::toString. */
const WRITTEN_OUT = 1e-6;
const UNITS = 10n ** BigInt(HALF);
const TENS: readonly number[] = Array.from({ length: HALF + 1 }, (_, power) => 10 ** power);
const tens = (power: number): number => TENS[Math.max(0, power)] ?? 1;

/** The mean of JSON numbers as a figure of `places` decimals (half-even), 0 of none: what {@link sumOfNumbers} over their count rounds to. */
export function formatMean(values: readonly number[], places: number): DecimalString {
  return sureMean(values, places) ?? formatDecimal(exactMean(values), places);
}

const exactMean = (values: readonly number[]): Decimal => sumOfNumbers(values).div(Math.max(1, values.length));

/**
 * The mean in doubles where the doubt about it is too small to change a digit kept, else `undefined`.
 *
 * A double lies within 2^-53 of the decimal it was read from, and each of the additions and the two operations after them is off
 * by no more, all in shares of the sum of magnitudes. Source: Higham, "Accuracy and Stability of Numerical Algorithms", 2002, 4.2.
 */
function sureMean(values: readonly number[], places: number): DecimalString | undefined {
  const { total, size } = roughSum(values);
  const count = Math.max(1, values.length);
  const scale = 10 ** places;
  const parts = (total / count) * scale;
  const toTie = Math.abs(parts - Math.floor(parts) - 0.5);
  const isSure = Math.abs(parts) < MOST_PARTS && toTie > doubtOf(size, count) * (scale / count);
  return isSure ? formatDecimal(new Decimal(Math.round(parts)).div(scale), places) : undefined;
}

/** Below it a double tells halves apart. */
const MOST_PARTS = 2 ** 50;

/** What a sum in doubles may be off from the sum of the decimals, twice over. */
const doubtOf = (size: number, count: number): number => (count + 4) * size * 2 ** -52;

/** The sum in doubles, and that of the magnitudes. */
function roughSum(values: readonly number[]): { total: number; size: number } {
  let [total, size] = [0, 0];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    total += value;
    size += Math.abs(value);
  }
  return { total, size };
}

/** The largest exact sum of some lists of JSON numbers, at least 0: only lists that doubles do not rule out are added up as decimals. */
export const largestSum = (lists: readonly (readonly number[])[]): Decimal =>
  Decimal.max(0, ...contenders(lists, () => 1).map(sumOfNumbers));

/** The largest exact mean of some lists of JSON numbers, at least 0; see {@link largestSum}. */
export const largestMean = (lists: readonly (readonly number[])[]): Decimal =>
  Decimal.max(0, ...contenders(lists, (list) => list.length).map(exactMean));

/** The lists whose sum, over what `share` says, may be the largest above 0. */
function contenders(
  lists: readonly (readonly number[])[],
  share: (list: readonly number[]) => number,
): (readonly number[])[] {
  const bounds = lists.map((list) => {
    const { total, size } = roughSum(list);
    const doubt = doubtOf(size, list.length);
    return { list, size, least: (total - doubt) / share(list), most: (total + doubt) / share(list) };
  });
  const best = Math.max(0, ...bounds.map((one) => one.least));
  return bounds.filter((one) => one.size !== 0 && !(one.most < best)).map((one) => one.list);
}
