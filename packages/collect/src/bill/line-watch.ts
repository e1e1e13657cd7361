import type { BillFormat } from '@infrafabric/finops';
import type { CsvTable } from '@infrafabric/protocol';
import { type CsvRecord, fieldOf } from '../csv-scanner.ts';
import type { BillHeader } from './bill-check.ts';
import { LineHash } from './line-hash.ts';
import { type LineSample, LineSampler } from './line-sample.ts';
import { SeenHashes } from './seen-hashes.ts';

/** What a file of a bill is about, to see whether another is about the same. */
export interface BillCoverage {
  readonly format: BillFormat;
  readonly packing: 'text' | 'parquet';
  /** Invoices by account and billing period; `''` among them where a line names none. */
  readonly invoices: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sample: LineSample;
  /** Lines that an earlier file has too, and lines that equal any earlier one in every column. */
  readonly again: number;
  readonly equal: number;
}

/** So many lines of a reading are remembered whole, eight bytes each in a table at most half full. */
const MOST_LINES = 8 * 1024 * 1024;

/** Every line of text that one reading has met. */
export class LineMemory {
  readonly seen = new SeenHashes(MOST_LINES);
  /** Whether one file is all there is: then no line of another can be met again. */
  readonly isAlone: boolean;
  files = 0;

  constructor(expected = 1) {
    this.isAlone = expected <= 1;
  }
}

/** The columns by which one file is about what another is about. */
export interface CoverageColumns {
  readonly account: string | undefined;
  readonly period: string;
  readonly invoice: string | undefined;
  /** Change from one snapshot of a month to the next while the line stays the same. */
  readonly changing: readonly string[];
}

/** Finds these columns in a header. */
export function coverageColumns({ own, columns, format }: BillHeader): CoverageColumns {
  const first = (...names: readonly string[]): string | undefined => names.map(own).find((name) => name !== undefined);
  const isFocus = format.startsWith('focus');
  const [account, payer] = isFocus
    ? ['SubAccountId', 'BillingAccountId']
    : ['line_item_usage_account_id', 'bill_payer_account_id'];
  const invoice = isFocus ? own('InvoiceId') : own('bill_invoice_id');
  const changing = [invoice, own('identity_line_item_id'), own('identity_time_interval'), own('InvoiceDetailId')];
  return {
    account: first(account, payer),
    period: first(columns.billingPeriod[0], columns.chargePeriod[0]) ?? columns.chargePeriod[0],
    invoice,
    changing: changing.filter((name) => name !== undefined),
  };
}

/** The month of a date as bills write it, else the text itself. */
const monthOf = (date: string): string => date.slice(0, 7);

/** One name for what a line is about. */
export const coverageKey = (account: string, date: string): string =>
  `${/^\d{9,11}$/.test(account) ? account.padStart(12, '0') : account}|${monthOf(date)}`;

/** Watches the lines of a text go by, and says afterwards what the file is about. */
export class LineWatch {
  readonly #memory: LineMemory;
  readonly #header: BillHeader;
  readonly #namesLines: boolean;
  readonly #account: number;
  readonly #period: number;
  readonly #invoice: number;
  readonly #lasting: readonly number[];
  readonly #changing: readonly number[];
  readonly #hash = new LineHash();
  readonly #sampler = new LineSampler();
  readonly #own: SeenHashes | undefined;
  readonly #invoices = new Map<string, Set<string>>();
  #again = 0;
  #equal = 0;

  constructor(names: readonly string[], header: BillHeader, memory: LineMemory) {
    this.#memory = memory;
    this.#own = memory.files === 0 ? undefined : new SeenHashes(MOST_LINES);
    memory.files += 1;
    this.#header = header;
    this.#namesLines = !header.format.startsWith('focus');
    const { account, period, invoice, changing } = coverageColumns(header);
    const at = (name: string | undefined): number => (name === undefined ? -1 : names.indexOf(name));
    [this.#account, this.#period, this.#invoice] = [at(account), at(period), at(invoice)];
    this.#changing = changing.map(at);
    this.#lasting = names.map((_, field) => field).filter((field) => !this.#changing.includes(field));
  }

  add(record: CsvRecord): void {
    this.#cover(record);
    if (this.#memory.isAlone && this.#namesLines) return;
    const hash = this.#hash;
    hash.start();
    for (const field of this.#lasting) hash.add(record, field);
    this.#sampler.add(hash.high * 0x20_0000 + (hash.low >>> 11));
    for (const field of this.#changing) hash.add(record, field);
    const isKnown = this.#memory.seen.has(hash.high, hash.low);
    if (isKnown) this.#equal += 1;
    if (this.#own?.has(hash.high, hash.low) === false && isKnown) this.#again += 1;
  }

  /** What the file is about, once all its lines went by. */
  coverage(): BillCoverage {
    return {
      format: this.#header.format,
      packing: 'text',
      invoices: this.#invoices,
      sample: this.#sampler.sample(),
      again: this.#again,
      equal: this.#equal,
    };
  }

  #cover(record: CsvRecord): void {
    const cell = (field: number): string => (field < 0 ? '' : fieldOf(record, field));
    const key = coverageKey(cell(this.#account), cell(this.#period));
    const known = this.#invoices.get(key);
    if (known === undefined) this.#invoices.set(key, new Set([cell(this.#invoice)]));
    else if (this.#invoice >= 0) known.add(cell(this.#invoice));
  }
}

/** Watches a whole table. */
export function watchTable(table: CsvTable, header: BillHeader, memory: LineMemory): BillCoverage {
  const watch = new LineWatch(table.columns, header, memory);
  const width = table.columns.length;
  const [starts, ends, quoted] = [new Int32Array(width), new Int32Array(width), new Uint8Array(width)];
  for (const row of table.rows) {
    let end = 0;
    for (const [field, cell] of row.entries()) {
      starts[field] = end;
      end += cell.length;
      ends[field] = end;
    }
    watch.add({ text: row.join(''), fields: width, starts, ends, quoted });
  }
  return watch.coverage();
}
