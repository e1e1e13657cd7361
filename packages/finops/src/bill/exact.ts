import { formatScaled, parseBillDecimal, type ScaledDecimal } from './decimal-column.ts';

/** Adds two exact numbers. */
export function addScaled(a: ScaledDecimal, b: ScaledDecimal): ScaledDecimal {
  const scale = Math.max(a.scale, b.scale);
  return { mantissa: atScale(a, scale) + atScale(b, scale), scale };
}

/** Multiplies two exact numbers. */
export const timesScaled = (a: ScaledDecimal, b: ScaledDecimal): ScaledDecimal => ({
  mantissa: a.mantissa * b.mantissa,
  scale: a.scale + b.scale,
});

/** The same number with the other sign. */
export const negated = ({ mantissa, scale }: ScaledDecimal): ScaledDecimal => ({ mantissa: -mantissa, scale });

/** The digits of a number at a scale that is at least its own. */
export const atScale = ({ mantissa, scale }: ScaledDecimal, wanted: number): bigint =>
  mantissa * 10n ** BigInt(wanted - scale);

/** The number in a cell; 0 in an absent or unreadable one, which the reader of the bill has refused before. */
export const cellNumber = (cell: string): ScaledDecimal => parseBillDecimal(cell) ?? { mantissa: 0n, scale: 0 };

/** An exact number as a cell. */
export const numberCell = ({ mantissa, scale }: ScaledDecimal): string => formatScaled(mantissa, scale);
