/**
 * Remembers 64-bit hashes, eight bytes each: two different ones are taken for one at odds of 1 in 300,000 for ten million
 * lines. Beyond `most` it remembers no more.
 */
export class SeenHashes {
  readonly #most: number;
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #size = 0;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** Whether this hash was there before; it is from now on. */
  has(high: number, low: number): boolean {
    if (this.#size * 2 >= this.#high.length && this.#size < this.#most) this.#grow();
    const mask = this.#high.length - 1;
    const marked = (low | 1) >>> 0;
    for (let at = high & mask; ; at = (at + 1) & mask) {
      if (this.#low[at] === 0) {
        if (this.#size >= this.#most) return false;
        this.#high[at] = high;
        this.#low[at] = marked;
        this.#size += 1;
        return false;
      }
      if (this.#high[at] === high && this.#low[at] === marked) return true;
    }
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    this.#size = 0;
    for (const [at, value] of low.entries()) if (value !== 0) this.has(high[at] ?? 0, value);
  }
}
