/**
 * Remembers which texts were seen by 64 bits of their hash, eight bytes each: two different ones are taken for one at odds of
 * 1 in 300,000 for ten million lines.
 */
export class SeenLines {
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #size = 0;

  /** Whether this text was there before; it is from now on. */
  has(text: string): boolean {
    let [high, low] = [0x9e3779b9, 0x85ebca6b];
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ (low >>> 15) ^ code, 0x2c1b3c6d);
    }
    return this.#put(mixed(high), mixed(low) | 1);
  }

  #put(high: number, low: number): boolean {
    if (this.#size * 2 >= this.#high.length) this.#grow();
    const mask = this.#high.length - 1;
    for (let at = high & mask; ; at = (at + 1) & mask) {
      if (this.#low[at] === 0) {
        this.#high[at] = high;
        this.#low[at] = low;
        this.#size += 1;
        return false;
      }
      if (this.#high[at] === high >>> 0 && this.#low[at] === low >>> 0) return true;
    }
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    this.#size = 0;
    for (const [at, value] of low.entries()) if (value !== 0) this.#put(high[at] ?? 0, value);
  }
}

/** The last steps of MurmurHash3, which spread every bit over all. */
function mixed(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
