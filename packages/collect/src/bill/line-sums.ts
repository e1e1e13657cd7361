import { formatScaled, parseBillDecimal } from '@infrafabric/finops';

/** Decimal places that the fast sums hold exactly; a cell with more goes the slow way. */
const PLACES = 15;
const UNIT = 1e15;
const POWERS = Array.from({ length: PLACES + 1 }, (_, exponent) => 10 ** exponent);

/** Digits before the point that fit a double beside any sum of a bill. */
const WHOLE_DIGITS = 12;

const [MINUS, POINT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39];

/**
 * Exact sums by group and column, without a string or a BigInt for a usual cell.
 *
 * Every sum is kept as whole units and as 10^-15 of a unit, two integers a double holds exactly; cells with E notation, a
 * currency sign or more digits are added as BigInt beside them.
 */
export class LineSums {
  readonly #width: number;
  #whole: Float64Array;
  #part: Float64Array;
  #value = 0;
  #units = 0;
  #fraction = 0;
  readonly #exact = new Map<number, { mantissa: bigint; scale: number }>();

  constructor(width: number) {
    this.#width = width;
    this.#whole = new Float64Array(width * 1024);
    this.#part = new Float64Array(width * 1024);
  }

  /**
   * Adds the cell `text.slice(start, end)` to a column of a group; answers the sign of the number, or `undefined` when it is
   * none.
   */
  add(group: number, column: number, { text, start, end }: Cell): number | undefined {
    const slot = group * this.#width + column;
    if (slot >= this.#whole.length) this.#grow(slot);
    const isNegative = text.charCodeAt(start) === MINUS;
    if (!this.#readPlain(text, isNegative ? start + 1 : start, end))
      return this.#addExact(slot, text.slice(start, end));
    if (this.#units === 0 && this.#fraction === 0) return 0;
    this.#put(slot, isNegative ? -this.#units : this.#units, isNegative ? -this.#fraction : this.#fraction);
    return isNegative ? -1 : 1;
  }

  /** Reads `12` or `12.50` into `#units` and `#fraction`; false when it is anything else. */
  #readPlain(text: string, start: number, end: number): boolean {
    const point = this.#digits(text, start, end);
    this.#units = this.#value;
    this.#fraction = 0;
    if (point === start || point - start > WHOLE_DIGITS) return false;
    if (point === end) return true;
    const places = end - point - 1;
    if (text.charCodeAt(point) !== POINT || places === 0 || places > PLACES) return false;
    if (this.#digits(text, point + 1, end) < end) return false;
    this.#fraction = this.#value * (POWERS[PLACES - places] ?? 1);
    return true;
  }

  /** Reads digits into `#value` and says where they end. */
  #digits(text: string, start: number, end: number): number {
    let at = start;
    let value = 0;
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code < ZERO || code > NINE) break;
      value = value * 10 + (code - ZERO);
    }
    this.#value = value;
    return at;
  }

  /** Adds one group's sums to another's. */
  fold(from: LineSums, group: number, into: number): void {
    for (let column = 0; column < this.#width; column += 1) {
      const [source, target] = [group * this.#width + column, into * this.#width + column];
      if (target >= this.#whole.length) this.#grow(target);
      this.#put(target, from.#whole[source] ?? 0, from.#part[source] ?? 0);
      const exact = from.#exact.get(source);
      if (exact !== undefined) this.#putExact(target, exact);
    }
  }

  /** A sum as digits over a scale. */
  sum(group: number, column: number): { mantissa: bigint; scale: number } {
    const slot = group * this.#width + column;
    const fast = BigInt(this.#whole[slot] ?? 0) * 10n ** BigInt(PLACES) + BigInt(this.#part[slot] ?? 0);
    const exact = this.#exact.get(slot);
    return exact === undefined ? { mantissa: fast, scale: PLACES } : added(exact, { mantissa: fast, scale: PLACES });
  }

  /** A sum in plain notation, as `formatScaled` writes it. */
  text(group: number, column: number): string {
    const slot = group * this.#width + column;
    if (this.#exact.has(slot)) {
      const { mantissa, scale } = this.sum(group, column);
      return formatScaled(mantissa, scale);
    }
    let [whole, part] = [this.#whole[slot] ?? 0, this.#part[slot] ?? 0];
    const borrowed = whole > 0 && part < 0 ? 1 : whole < 0 && part > 0 ? -1 : 0;
    whole -= borrowed;
    part += borrowed * UNIT;
    const fraction = Math.abs(part).toString().padStart(PLACES, '0').replace(/0+$/, '').padEnd(2, '0');
    return `${whole < 0 || part < 0 ? '-' : ''}${Math.abs(whole)}.${fraction}`;
  }

  #put(slot: number, whole: number, part: number): void {
    const parts = (this.#part[slot] ?? 0) + part;
    const carry = parts >= UNIT ? 1 : parts <= -UNIT ? -1 : 0;
    this.#part[slot] = parts - carry * UNIT;
    this.#whole[slot] = (this.#whole[slot] ?? 0) + whole + carry;
  }

  #addExact(slot: number, text: string): number | undefined {
    const value = parseBillDecimal(text);
    if (value === undefined) return undefined;
    this.#putExact(slot, value);
    return value.mantissa === 0n ? 0 : value.mantissa < 0n ? -1 : 1;
  }

  #putExact(slot: number, value: { mantissa: bigint; scale: number }): void {
    const known = this.#exact.get(slot);
    this.#exact.set(slot, known === undefined ? value : added(known, value));
  }

  #grow(slot: number): void {
    const length = Math.max(slot + 1, this.#whole.length * 2);
    const [whole, part] = [new Float64Array(length), new Float64Array(length)];
    whole.set(this.#whole);
    part.set(this.#part);
    [this.#whole, this.#part] = [whole, part];
  }
}

/** A cell where it stands. */
export interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function added(
  a: { mantissa: bigint; scale: number },
  b: { mantissa: bigint; scale: number },
): { mantissa: bigint; scale: number } {
  const scale = Math.max(a.scale, b.scale);
  const at = (one: { mantissa: bigint; scale: number }): bigint => one.mantissa * 10n ** BigInt(scale - one.scale);
  return { mantissa: at(a) + at(b), scale };
}
