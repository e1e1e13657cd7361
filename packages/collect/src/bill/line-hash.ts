import type { CsvRecord } from '../csv-scanner.ts';

const QUOTE = 0x22;

/**
 * Hashes fields of lines to 64 bits, as two halves: `high` and `low`. Two different texts share both at odds of 1 in 2^64.
 *
 * Quotes that CSV doubles count once, so a field hashes alike however it was read.
 */
export class LineHash {
  #high = 0;
  #low = 0;

  /** Begins a new text. */
  start(): void {
    [this.#high, this.#low] = [0x9e3779b9, 0x85ebca6b];
  }

  /** Takes one more field. */
  add({ text, starts, ends, quoted }: CsvRecord, field: number): void {
    let [high, low] = [this.#high, this.#low];
    const end = ends[field] ?? 0;
    const isDoubled = quoted[field] === 2;
    for (let at = starts[field] ?? 0; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (isDoubled && code === QUOTE) at += 1;
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ (low >>> 15) ^ code, 0x2c1b3c6d);
    }
    this.#high = Math.imul(high ^ 0x1f, 0x01000193);
    this.#low = Math.imul(low ^ (low >>> 15) ^ 0x1f, 0x2c1b3c6d);
  }

  /** The upper 32 bits of the text so far. */
  get high(): number {
    return mixed(this.#high) >>> 0;
  }

  /** The lower 32 bits of the text so far. */
  get low(): number {
    return mixed(this.#low) >>> 0;
  }
}

/** The last steps of MurmurHash3, which spread every bit over all. */
function mixed(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
