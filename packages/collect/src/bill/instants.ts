import { parseBillInstant } from '@infrafabric/finops';
import type { Fields } from './merge-key.ts';

/** A date to the second has this many characters before its zone. */
const SECONDS_LENGTH = 19;

/** Reads dates of a bill where they stand, each different one only once: a month by the hour has 744. */
export class Instants {
  readonly #byDigits = new Map<number, number | undefined>();

  /** Milliseconds since the epoch; `undefined` when the field is no date of a bill. */
  read({ text, starts, ends }: Fields, field: number): number | undefined {
    const [start, end] = [starts[field] ?? 0, ends[field] ?? 0];
    const digits = end - start === SECONDS_LENGTH ? digitsOf(text, start) : -1;
    if (digits < 0) return parseBillInstant(text.slice(start, end));
    const known = this.#byDigits.get(digits);
    if (known !== undefined) return known;
    const ms = parseBillInstant(text.slice(start, end));
    if (ms !== undefined) this.#byDigits.set(digits, ms);
    return ms;
  }
}

/** The fourteen digits of `2026-10-01 05:00:00` as one number; -1 when it is not written so. */
function digitsOf(text: string, start: number): number {
  let digits = 0;
  for (let at = 0; at < SECONDS_LENGTH; at += 1) {
    const code = text.charCodeAt(start + at);
    if (code >= 0x30 && code <= 0x39) digits = digits * 10 + (code - 0x30);
    else if (!isPunctuation(code, at)) return -1;
  }
  return digits >= 1e13 ? digits : -1;
}

function isPunctuation(code: number, at: number): boolean {
  if (at === 4 || at === 7) return code === 0x2d;
  if (at === 10) return code === 0x20 || code === 0x54;
  return (at === 13 || at === 16) && code === 0x3a;
}
