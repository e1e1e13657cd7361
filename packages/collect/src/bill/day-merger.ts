import { DAY_MS, formatScaled } from '@infrafabric/finops';
import { type CsvRecord, fieldOf } from '../csv-scanner.ts';
import { badDate, type BillHeader, billHeader, notDecimal } from './bill-check.ts';
import type { DayTotal } from './daily-totals.ts';
import { type FieldPlaces, placesOf } from './field-places.ts';
import { Instants } from './instants.ts';
import { LineSums } from './line-sums.ts';

/** Adds up the lines of a bill by the day (UTC) their charge period starts on. */
export class DayMerger {
  readonly #name: string;
  readonly #header: BillHeader;
  readonly #at: FieldPlaces;
  readonly #instants = new Instants();
  readonly #groups = new Map<number, number>();
  readonly #sums: LineSums;

  constructor(columns: readonly string[], name: string) {
    this.#name = name;
    this.#header = billHeader(columns, name);
    this.#at = placesOf(columns, this.#header, []);
    this.#sums = new LineSums(this.#at.checked);
  }

  /** Takes one record; `row` counts from 1 below the header. */
  add(record: CsvRecord, row: number): void {
    const { start, sums, checked } = this.#at;
    const ms = this.#instants.read(record, start.field);
    if (ms === undefined) throw badDate(fieldOf(record, start.field), this.#where(row, start.name));
    const day = Math.floor(ms / DAY_MS);
    const group = this.#groups.get(day) ?? this.#groups.size;
    this.#groups.set(day, group);
    for (let column = 0; column < checked; column += 1) {
      const { field, name } = sums[column] ?? start;
      const [from, to] = [record.starts[field] ?? 0, record.ends[field] ?? 0];
      if (this.#sums.add(group, column, { text: record.text, start: from, end: to }) !== undefined) continue;
      const cell = fieldOf(record, field);
      if (column === 0 || !/^(NULL|null)?$/.test(cell)) throw notDecimal(cell, this.#where(row, name));
    }
  }

  /** The days, in order. */
  totals(): DayTotal[] {
    const numbers = this.#at.sums.slice(0, this.#at.checked);
    return [...this.#groups]
      .sort(([a], [b]) => a - b)
      .map(([day, group]) => ({
        day: new Date(day * DAY_MS).toISOString().slice(0, 10),
        sums: Object.fromEntries(
          numbers.map(({ name }, column) => {
            const { mantissa, scale } = this.#sums.sum(group, column);
            return [name, formatScaled(mantissa, scale)];
          }),
        ),
      }));
  }

  #where(row: number, column: string): string {
    return `${this.#name}, row ${row}, column ${column}`;
  }
}
