import { type Cell, LineSums } from './line-sums.ts';
import { cutKey, endOfSame, type Fields, fieldsOf, KEY_SEPARATOR, keyText } from './merge-key.ts';

/** So much of one part travels at most, below the 64 MiB of any evidence. */
export const MERGED_LIMITS = { lines: 250_000, bytes: 52 * 1024 * 1024 } as const;

/** What a line takes besides its keys: two instants, a number each for the sums, and counts. */
export const lineBytes = (sums: number): number => 70 + 16 * sums;

/** What makes lines one, besides the values of their key columns. */
export interface MergeKey {
  /** The day of a line that lies within one, and -1; else start and end of its period in milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Bits: which numbers are there, and whether the line is a repeat. */
  readonly marks: number;
}

/** The columns of a merged part. */
export interface MergeShape {
  readonly keys: readonly string[];
  readonly sums: readonly string[];
  /** How many of the last keys may go when there are too many lines. */
  readonly droppable: number;
}

/** What a merged line stands for. */
export interface MergeCounts {
  readonly lines: number;
  /** Of them those that were billed and cost nothing effectively. */
  readonly zeroed: number;
}

/** One merged line; `group` is its number in the part. */
export interface MergedLine extends MergeKey, MergeCounts {
  readonly group: number;
  readonly keys: readonly string[];
}

/**
 * Lines that agree in every key, as one, with their numbers added up exactly.
 *
 * Groups are found by a hash of the characters and then compared character by character: no string is made for a line of a
 * known group. When there are more than the limits allow, the last droppable key stops counting and what differs only there
 * becomes one; which keys go depends on the lines alone, not on their order.
 */
export class MergedPart {
  readonly shape: MergeShape;
  readonly #maxLines: number;
  #kept: number;
  #table = new Int32Array(4096).fill(-1);
  #hashes: number[] = [];
  #groups: { key: string; from: number; to: number; marks: number; lines: number; zeroed: number }[] = [];
  #sums: LineSums;
  #bytes = 0;

  constructor(shape: MergeShape, maxLines: number = MERGED_LIMITS.lines) {
    this.shape = shape;
    this.#maxLines = maxLines;
    this.#kept = shape.keys.length;
    this.#sums = new LineSums(shape.sums.length);
  }

  /** The keys that still count. */
  get keys(): readonly string[] {
    return this.shape.keys.slice(0, this.#kept);
  }

  /** How many merged lines there are. */
  get size(): number {
    return this.#groups.length;
  }

  /** Whether there is no room for another line, whatever its key. */
  get isFull(): boolean {
    return !this.#fits(this.size + 1, this.#bytes + lineBytes(this.shape.sums.length));
  }

  /** The group of a line whose key columns are `places` of `fields`, counting it; it is opened when it is new. */
  group(fields: Fields, places: readonly number[], key: MergeKey): number {
    const hash = this.#hash(fields, places, key);
    let slot = this.#find(hash, fields, places, key);
    if ((this.#table[slot] ?? -1) < 0) {
      const text = keyText(fields, places, this.#kept);
      if (!this.#fits(this.size + 1, this.#bytes + this.#bytesOf(text)) && this.#coarsen())
        return this.group(fields, places, key);
      slot = this.#open(hash, slot, text, key);
    }
    const group = this.#table[slot] ?? -1;
    const found = this.#groups[group];
    if (found !== undefined) found.lines += 1;
    return group;
  }

  /** Takes a merged line that was made elsewhere: its first `kept` keys in one text, in no other line before. */
  append(key: string, kept: number, line: MergeKey & MergeCounts): number {
    this.#kept = kept;
    const { from, to, marks, lines, zeroed } = line;
    return this.#groups.push({ key, from, to, marks, lines, zeroed }) - 1;
  }

  /** Adds a number; `undefined` when the cell is none, else its sign. */
  add(group: number, column: number, cell: Cell): number | undefined {
    return this.#sums.add(group, column, cell);
  }

  /** Counts more lines of a group than the one that found it, and those that were billed and cost nothing effectively. */
  count(group: number, more: MergeCounts): void {
    const found = this.#groups[group];
    if (found === undefined) return;
    found.lines += more.lines;
    found.zeroed += more.zeroed;
  }

  /** A sum of a group in plain notation. */
  sum(group: number, column: number): string {
    return this.#sums.text(group, column);
  }

  /** Every merged line, by key and period. */
  *lines(): Generator<MergedLine> {
    const order = Array.from(this.#groups, (_, group) => group).sort((a, b) => this.#compare(a, b));
    for (const group of order) {
      const found = this.#groups[group];
      if (found !== undefined) yield { ...found, group, keys: found.key.split(KEY_SEPARATOR) };
    }
  }

  #compare(left: number, right: number): number {
    const [a, b] = [this.#groups[left], this.#groups[right]];
    if (a === undefined || b === undefined) return 0;
    return byText(a.key, b.key) || a.from - b.from || a.to - b.to || a.marks - b.marks;
  }

  #hash({ text, starts, ends }: Fields, places: readonly number[], { from, to, marks }: MergeKey): number {
    let hash = Math.imul(from ^ Math.imul(to, 31) ^ marks, 0x9e3779b1) ^ Math.floor(from / 4294967296);
    for (let at = 0; at < this.#kept; at += 1) {
      const place = places[at] ?? 0;
      const end = ends[place] ?? 0;
      for (let position = starts[place] ?? 0; position < end; position += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
      }
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    }
    return hash ^ (hash >>> 16);
  }

  /** The slot of the table where the group is, or the free one where it would be. */
  #find(hash: number, fields: Fields, places: readonly number[], key: MergeKey): number {
    const mask = this.#table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const group = this.#table[slot] ?? -1;
      if (group < 0) return slot;
      if (this.#hashes[group] === hash && this.#isSame(group, fields, places, key)) return slot;
    }
  }

  #isSame(group: number, fields: Fields, places: readonly number[], { from, to, marks }: MergeKey): boolean {
    const known = this.#groups[group];
    if (known === undefined || known.from !== from || known.to !== to || known.marks !== marks) return false;
    let at = 0;
    for (let index = 0; index < this.#kept; index += 1) {
      const end = endOfSame(known.key, at, fields, places[index] ?? 0);
      const isLast = index + 1 === this.#kept;
      if (end < 0 || (isLast ? end !== known.key.length : known.key.charCodeAt(end) !== 0)) return false;
      at = end + 1;
    }
    return true;
  }

  #open(hash: number, slot: number, key: string, { from, to, marks }: MergeKey): number {
    const group = this.#groups.push({ key, from, to, marks, lines: 0, zeroed: 0 }) - 1;
    this.#hashes.push(hash);
    this.#bytes += this.#bytesOf(key);
    this.#table[slot] = group;
    if (this.#groups.length * 2 < this.#table.length) return slot;
    this.#table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = this.#table.length - 1;
    let own = slot;
    for (const [index, one] of this.#hashes.entries()) {
      let free = one & mask;
      while ((this.#table[free] ?? -1) >= 0) free = (free + 1) & mask;
      this.#table[free] = index;
      if (index === group) own = free;
    }
    return own;
  }

  #fits(lines: number, bytes: number): boolean {
    return lines <= this.#maxLines && bytes <= MERGED_LIMITS.bytes;
  }

  #bytesOf(key: string): number {
    return Buffer.byteLength(key) + lineBytes(this.shape.sums.length);
  }

  /** Whether there is room for the groups when only the keys that are kept count. */
  #wouldFit(groups: readonly (MergeKey & { readonly key: string })[]): boolean {
    const distinct = new Set<string>();
    let bytes = 0;
    for (const { key, from, to, marks } of groups) {
      const cut = cutKey(key, this.#kept);
      const size = distinct.size;
      if (distinct.add(`${cut}|${from}|${to}|${marks}`).size > size) bytes += this.#bytesOf(cut);
    }
    return this.#fits(distinct.size, bytes);
  }

  /** Drops as many of the last droppable keys as it takes to have room; false when none is left. */
  #coarsen(): boolean {
    const least = this.shape.keys.length - this.shape.droppable;
    if (this.#kept <= least) return false;
    const groups = this.#groups;
    do this.#kept -= 1;
    while (this.#kept > least && !this.#wouldFit(groups));
    const sums = this.#sums;
    this.#table = new Int32Array(4096).fill(-1);
    this.#hashes = [];
    this.#groups = [];
    this.#bytes = 0;
    this.#sums = new LineSums(this.shape.sums.length);
    const places = this.shape.keys.map((_, index) => index);
    for (const [old, { key, ...rest }] of groups.entries()) {
      const group = this.group(fieldsOf(key), places, rest);
      this.#sums.fold(sums, old, group);
      this.count(group, { lines: rest.lines - 1, zeroed: rest.zeroed });
    }
    return true;
  }
}

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
