/** A decimal number as digits and the places behind the point: 12.50 is `{digits: 1250n, places: 2}`. */
export interface Quantity {
  readonly digits: bigint;
  readonly places: number;
}

/** Reads a plain decimal (`-12.50`), or `undefined`. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, whole, fraction = ''] = /^(-?\d{1,30})(?:\.(\d{1,30}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : { digits: BigInt(whole + fraction), places: fraction.length };
}

/** A ratio as a percentage. */
export function timesHundred({ digits, places }: Quantity): Quantity {
  return { digits: digits * 100n, places };
}

/**
 * Whether `written` is `exact` rounded to the places `written` has; both directions of a tie count. The sign may be left
 * out, never added, and nothing but 0 is 0.
 */
export function isRoundingOf(written: Quantity, exact: Quantity): boolean {
  if (written.digits < 0n && exact.digits > 0n) return false;
  if (written.digits === 0n || exact.digits === 0n) return written.digits === exact.digits;
  const places = Math.max(written.places, exact.places);
  const distance = magnitude(scaled(written, places)) - magnitude(scaled(exact, places));
  return 2n * magnitude(distance) <= 10n ** BigInt(places - written.places);
}

const scaled = ({ digits, places }: Quantity, to: number): bigint => digits * 10n ** BigInt(to - places);
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
