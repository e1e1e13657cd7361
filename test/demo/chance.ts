/** The one seed of the sample: another seed is another sample. */
const SEED = 'infrafabric demo 2026-11-20';

/** A stream of numbers that only its name decides: 32-bit xorshift-multiply over an FNV-1a hash of seed and name. */
export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
}

/** Opens the stream of a name. */
export function chance(name: string): Chance {
  let state = hashOf(`${SEED}|${name}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { whole: (low, high) => low + (next() % (high - low + 1)) };
}

/** Text of `length` characters of `alphabet` that only `name` decides. */
export function word(name: string, length: number, alphabet: string): string {
  const { whole } = chance(`word ${alphabet} ${name}`);
  return Array.from({ length }, () => alphabet[whole(0, alphabet.length - 1)]).join('');
}

/** An id as EC2 gives out: prefix and 17 hexadecimal digits, the first 0. */
export const ec2Id = (prefix: string, name: string): string => `${prefix}-0${word(`${prefix} ${name}`, 16, HEX)}`;

/** Hexadecimal digits. */
export const HEX = '0123456789abcdef';

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
