import type { DecimalString } from '@infrafabric/protocol';

/** A number as digits and a scale: `mantissa / 10^scale`, exact. */
export interface ScaledDecimal {
  readonly mantissa: bigint;
  readonly scale: number;
}

/** A column of a bill as exact integers over one scale; an absent cell counts 0 and is marked in `absent`. */
export interface DecimalColumn {
  readonly scale: number;
  readonly mantissas: readonly bigint[];
  readonly absent: Uint8Array;
  readonly absentCount: number;
}

/** FOCUS 1.0 "Numeric Format": digits, an optional fraction, an optional E notation; no grouping, no symbols. */
const FOCUS_NUMERIC = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([-+]?\d{1,2}))?$/;

/** US dollars as spreadsheets print them (FOCUS SaaS example files): the sign in front makes comma groups unambiguous. */
const DOLLARS = /^(-?)\$(\d{1,3}(?:,\d{3})*|\d{1,40})(\.\d{2})?$/;

/** The largest power of ten an E notation may shift by: beyond it a cost is damage, not money. */
const MAX_EXPONENT = 30;

/**
 * Reads a number as bills write it, exactly; spaces around it do not matter.
 *
 * `undefined` when it is none: `1,234.5` (a group or a decimal comma?), `NaN`, `1e999`, `--5`, an empty cell.
 */
export function parseBillDecimal(text: string): ScaledDecimal | undefined {
  const trimmed = text.trim();
  const match = FOCUS_NUMERIC.exec(trimmed) ?? FOCUS_NUMERIC.exec(dollars(trimmed));
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - exponent;
  const mantissa = sign === '-' ? -digits : digits;
  return scale >= 0 ? { mantissa, scale } : { mantissa: mantissa * 10n ** BigInt(-scale), scale: 0 };
}

function dollars(text: string): string {
  const match = DOLLARS.exec(text);
  return match === null ? '' : `${match[1]}${match[2]?.replaceAll(',', '')}${match[3] ?? ''}`;
}

/**
 * Makes a column of numbers of `cells`; `isAbsent` says which cells hold nothing.
 *
 * Returns the 0-based index of the first cell that is neither a number nor absent, instead of a column.
 */
export function decimalColumn(cells: readonly string[], isAbsent: (cell: string) => boolean): DecimalColumn | number {
  const mantissas: bigint[] = Array.from({ length: cells.length });
  const scales = new Uint8Array(cells.length);
  const absent = new Uint8Array(cells.length);
  let scale = 0;
  for (const [index, cell] of cells.entries()) {
    const value = isAbsent(cell) ? ABSENT : parseBillDecimal(cell);
    if (value === undefined) return index;
    mantissas[index] = value.mantissa;
    scales[index] = value.scale;
    absent[index] = value === ABSENT ? 1 : 0;
    if (value.scale > scale) scale = value.scale;
  }
  for (const [index, mantissa] of mantissas.entries()) {
    const missing = scale - (scales[index] ?? 0);
    if (missing > 0) mantissas[index] = mantissa * powerOfTen(missing);
  }
  return { scale, mantissas, absent, absentCount: absent.reduce((count, mark) => count + mark, 0) };
}

const ABSENT: ScaledDecimal = { mantissa: 0n, scale: 0 };

const POWERS: bigint[] = [];

function powerOfTen(exponent: number): bigint {
  return (POWERS[exponent] ??= 10n ** BigInt(exponent));
}

/** An exact amount in plain notation: at least two decimals, no other trailing zeros, never `-0.00`. */
export function formatScaled(mantissa: bigint, scale: number): DecimalString {
  const negative = mantissa < 0n;
  const digits = (negative ? -mantissa : mantissa).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}.${fraction.padEnd(2, '0')}`;
}
