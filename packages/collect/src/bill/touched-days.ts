/** Words of 32 days a resource's bits take: a bill of up to 160 days is kept in them, what lies outside in a set. */
const WORDS = 5;

/** Which days each of many resources has lines on; a resource is a number from 0. */
export class TouchedDays {
  #bits = new Uint32Array(WORDS * 1024);
  #base: number | undefined;
  readonly #outside = new Map<number, Set<number>>();

  /** Marks days (since the epoch) from `first` to before `next`. */
  touch(resource: number, first: number, next: number): void {
    this.#base ??= first - 32;
    if ((resource + 1) * WORDS > this.#bits.length) this.#grow(resource);
    for (let day = first; day < next; day += 1) this.#mark(resource, day - this.#base);
  }

  /** How many days a resource was touched on; at least 1. */
  count(resource: number): number {
    let days = this.#outside.get(resource)?.size ?? 0;
    for (let word = resource * WORDS; word < (resource + 1) * WORDS; word += 1) days += ones(this.#bits[word] ?? 0);
    return Math.max(1, days);
  }

  #mark(resource: number, day: number): void {
    if (day >= 0 && day < WORDS * 32) {
      const word = resource * WORDS + (day >>> 5);
      this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (day & 31));
      return;
    }
    const days = this.#outside.get(resource) ?? new Set();
    days.add(day);
    this.#outside.set(resource, days);
  }

  #grow(resource: number): void {
    const bits = new Uint32Array(Math.max(this.#bits.length * 2, (resource + 1) * WORDS));
    bits.set(this.#bits);
    this.#bits = bits;
  }
}

function ones(word: number): number {
  let count = 0;
  for (let left = word; left !== 0; left &= left - 1) count += 1;
  return count;
}
