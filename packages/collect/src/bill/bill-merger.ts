import { DAY_MS, formatScaled } from '@infrafabric/finops';
import { type CsvRecord, fieldOf } from '../csv-scanner.ts';
import { type BillHeader, badDate, badPeriod, billHeader, notDecimal } from './bill-check.ts';
import { type BilledTotals, billedColumns } from './bill-totals.ts';
import { type FieldPlaces, type Place, placesOf } from './field-places.ts';
import { Instants } from './instants.ts';
import { type Cell, LineSums } from './line-sums.ts';
import { type MergedLine, MergedPart, type MergeKey } from './merged-part.ts';
import { LineHash } from './line-hash.ts';
import { SeenHashes } from './seen-hashes.ts';
import { TouchedDays } from './touched-days.ts';

/** A bill whose lines were merged: by day, and those that name a resource by resource. */
export interface MergedBill {
  readonly header: BillHeader;
  readonly lines: number;
  readonly byDay: MergedPart;
  readonly byResource: MergedPart;
  /** Lines that name a resource beyond those that are told apart. */
  readonly beyond: MergedPart;
  /** How many days (UTC) the resource of a line of `byResource` has lines on. */
  readonly daysOf: (line: MergedLine) => number;
  readonly billed: BilledTotals;
}

/** The bit of `MergeKey.marks` that says a line is a repeat; the lower ones say which numbers are there. */
export const REPEAT_MARK = 1 << 30;

/** Where a line of the resource part lies in time does not matter: they all merge. */
const ANY_TIME = { from: 0, to: -1 } as const;

/** One cell after the other in one object. */
type MovingCell = { -readonly [K in keyof Cell]: Cell[K] };

/**
 * Merges the lines of a bill as they come, checking every value that figures are made of as `checkBill` does.
 *
 * Lines whose period lies within one day (UTC) merge by that day, all others only with the same period.
 * @throws CollectError as `checkBill`; dates must be ISO 8601.
 */
export class BillMerger {
  readonly #name: string;
  readonly #header: BillHeader;
  readonly #at: FieldPlaces;
  readonly #dayFields: readonly number[];
  readonly #resourceFields: readonly number[];
  readonly #beyondFields: readonly number[];
  readonly #billedColumn: number;
  readonly #effectiveColumn: number;
  readonly #byDay: MergedPart;
  readonly #byResource: MergedPart;
  readonly #beyond: MergedPart;
  readonly #slots = new Map<string, number>();
  readonly #slotOf: number[] = [];
  readonly #days = new TouchedDays();
  readonly #seen = new SeenHashes();
  readonly #hash = new LineHash();
  readonly #billed = new Map<string, number>();
  readonly #billedSums = new LineSums(1);
  readonly #instants = new Instants();
  readonly #cell: MovingCell = { text: '', start: 0, end: 0 };
  #lines = 0;

  constructor(columns: readonly string[], name: string, maxLines?: number) {
    this.#name = name;
    this.#header = billHeader(columns, name);
    this.#at = placesOf(columns, this.#header, billedColumns(this.#header));
    const { always, byDay, sums, resource } = this.#at;
    this.#billedColumn = sums.findIndex((place) => place.name === 'BilledCost');
    this.#effectiveColumn = sums.findIndex((place) => place.name === 'EffectiveCost');
    const [days, resources] = [[...always, ...byDay], resource === undefined ? [] : [...always, resource]];
    this.#dayFields = days.map((place) => place.field);
    this.#resourceFields = resources.map((place) => place.field);
    this.#byDay = new MergedPart(
      { keys: names(days), sums: names(sums), droppable: Math.max(0, byDay.length - 1) },
      maxLines,
    );
    this.#beyondFields = always.map((place) => place.field);
    this.#byResource = new MergedPart({ keys: names(resources), sums: names(sums), droppable: 0 }, maxLines);
    this.#beyond = new MergedPart({ keys: names(always), sums: names(sums), droppable: 0 });
  }

  /** What the header turned out to be. */
  get header(): BillHeader {
    return this.#header;
  }

  /** Takes one record; `row` counts from 1 below the header. */
  add(record: CsvRecord, row: number): void {
    const { from, to } = this.#period(record, row);
    const isRepeat = this.#isRepeat(record);
    const present = this.#presentNumbers(record);
    const group = this.#byDay.group(record, this.#dayFields, {
      ...periodKey(from, to),
      marks: isRepeat ? present | REPEAT_MARK : present,
    });
    this.#lines += 1;
    this.#addNumbers(this.#byDay, group, record, row);
    this.#addBilled(record);
    if (!isRepeat) this.#addResource(record, row, { from, to, marks: present });
  }

  /** Everything that was added, merged. */
  end(): MergedBill {
    const totals = [...this.#billed].sort(([a], [b]) => (a < b ? -1 : 1));
    const billed = totals.map(([currency, group]) => {
      const { mantissa, scale } = this.#billedSums.sum(group, 0);
      return [currency, formatScaled(mantissa, scale)];
    });
    return {
      header: this.#header,
      lines: this.#lines,
      byDay: this.#byDay,
      byResource: this.#byResource,
      beyond: this.#beyond,
      daysOf: ({ group }) => this.#days.count(this.#slotOf[group] ?? 0),
      billed: Object.fromEntries(billed),
    };
  }

  #period(record: CsvRecord, row: number): { from: number; to: number } {
    const { start, end } = this.#at;
    const [from, to] = [this.#instants.read(record, start.field), this.#instants.read(record, end.field)];
    if (from === undefined) throw badDate(fieldOf(record, start.field), this.#where(row, start));
    if (to !== undefined && to > from) return { from, to };
    const needsEnd = this.#isUsage(record);
    if (needsEnd && to === undefined) throw badDate(fieldOf(record, end.field), this.#where(row, end));
    if (needsEnd || (to !== undefined && to < from)) {
      throw badPeriod(fieldOf(record, end.field), from, this.#where(row, end));
    }
    return { from, to: from };
  }

  #isUsage(record: CsvRecord): boolean {
    return this.#header.columns.usage.has(fieldOf(record, this.#at.kind.field));
  }

  #presentNumbers(record: CsvRecord): number {
    let mask = 0;
    const { sums } = this.#at;
    for (let bit = 0; bit < sums.length; bit += 1) {
      if (!isAbsent(record, sums[bit]?.field ?? 0)) mask |= 1 << bit;
    }
    return mask;
  }

  #addNumbers(part: MergedPart, group: number, record: CsvRecord, row: number): void {
    let [billed, effective] = [0, 1];
    for (let column = 0; column < this.#at.sums.length; column += 1) {
      const sign = this.#addNumber(part, group, { record, row, column });
      if (column === this.#billedColumn) billed = sign ?? 0;
      else if (column === this.#effectiveColumn) effective = sign ?? 1;
    }
    if (billed > 0 && effective === 0) part.count(group, { lines: 0, zeroed: 1 });
  }

  /** The sign of the number; `undefined` when there is none. */
  #addNumber(
    part: MergedPart,
    group: number,
    { record, row, column }: { readonly record: CsvRecord; readonly row: number; readonly column: number },
  ): number | undefined {
    const { sums, checked } = this.#at;
    const place = sums[column];
    if (place === undefined) return undefined;
    if (isAbsent(record, place.field)) {
      if (column === 0) throw notDecimal('', this.#where(row, place));
      return undefined;
    }
    const sign = part.add(group, column, this.#cellOf(record, place.field));
    if (sign === undefined && column < checked) throw notDecimal(fieldOf(record, place.field), this.#where(row, place));
    return sign;
  }

  #addBilled(record: CsvRecord): void {
    const { currency, billed } = this.#at;
    const label = currency === undefined || isAbsent(record, currency.field) ? '' : fieldOf(record, currency.field);
    const group = this.#billed.get(label) ?? this.#billed.size;
    this.#billed.set(label, group);
    const place = billed.find(({ field }) => !isAbsent(record, field));
    if (place !== undefined) this.#billedSums.add(group, 0, this.#cellOf(record, place.field));
  }

  /** Beyond the limits a new resource is not told apart. */
  #addResource(record: CsvRecord, row: number, { from, to, marks }: MergeKey): void {
    const { resource } = this.#at;
    if (resource === undefined || isAbsent(record, resource.field)) return;
    const key = { ...ANY_TIME, marks };
    if (this.#byResource.isFull && !this.#slots.has(fieldOf(record, resource.field))) {
      this.#addNumbers(this.#beyond, this.#beyond.group(record, this.#beyondFields, key), record, row);
      return;
    }
    const { size } = this.#byResource;
    const group = this.#byResource.group(record, this.#resourceFields, key);
    if (group === size) this.#slotOf.push(this.#slot(fieldOf(record, resource.field)));
    if (this.#isUsage(record)) {
      this.#days.touch(this.#slotOf[group] ?? 0, Math.floor(from / DAY_MS), Math.ceil(Math.max(to, from + 1) / DAY_MS));
    }
    this.#addNumbers(this.#byResource, group, record, row);
  }

  #slot(resource: string): number {
    const slot = this.#slots.get(resource) ?? this.#slots.size;
    this.#slots.set(resource, slot);
    return slot;
  }

  #isRepeat(record: CsvRecord): boolean {
    const { identity } = this.#at;
    const [id] = identity;
    if (id === undefined || isAbsent(record, id.field)) return false;
    const hash = this.#hash;
    hash.start();
    for (const { field } of identity) hash.add(record, field);
    return this.#seen.has(hash.high, hash.low);
  }

  #cellOf(record: CsvRecord, field: number): MovingCell {
    const cell = this.#cell;
    cell.text = record.text;
    cell.start = record.starts[field] ?? 0;
    cell.end = record.ends[field] ?? 0;
    return cell;
  }

  #where(row: number, { name }: Place): string {
    return `${this.#name}, row ${row}, column ${name}`;
  }
}

const names = (places: readonly Place[]): string[] => places.map((place) => place.name);

/** Empty, `NULL` or `null`. */
function isAbsent({ text, starts, ends }: CsvRecord, field: number): boolean {
  const start = starts[field] ?? 0;
  const length = (ends[field] ?? 0) - start;
  if (length === 0) return true;
  return length === 4 && (text.startsWith('NULL', start) || text.startsWith('null', start));
}

/** The day and -1, when the period lies within one; else the period itself. */
function periodKey(from: number, to: number): { from: number; to: number } {
  const day = Math.floor(from / DAY_MS);
  return to <= (day + 1) * DAY_MS && to > from ? { from: day, to: -1 } : { from, to };
}
