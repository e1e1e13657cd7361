/** What is wrong with a text as CSV. */
export type CsvDefect = 'fields' | 'quote-open' | 'quote-closed' | 'quote-inside' | 'record-long';

/**
 * One record where it stands in the text that was scanned: field n is `text.slice(starts[n], ends[n])`, with every two quotes
 * meaning one where `quoted[n]` is 2. Valid until the next record.
 */
export interface CsvRecord {
  readonly text: string;
  readonly fields: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly quoted: Uint8Array;
}

/** Called for every record that is not empty; `index` counts from 0, the header. */
export type OnRecord = (record: CsvRecord, index: number) => void;

/** The text of one field. */
export function fieldOf({ text, starts, ends, quoted }: CsvRecord, field: number): string {
  const raw = text.slice(starts[field], ends[field]);
  return quoted[field] === 2 ? raw.replaceAll('""', '"') : raw;
}

/** Where a scan stopped for good: the defect, and in which record (0 is the header). */
export class CsvDefectError extends Error {
  readonly defect: CsvDefect;
  readonly index: number;

  constructor(defect: CsvDefect, index: number) {
    super(defect);
    this.defect = defect;
    this.index = index;
  }
}

const [QUOTE, COMMA, LINE_FEED, RETURN] = [0x22, 0x2c, 0x0a, 0x0d];

/** The first room for fields; it grows up to the limit of columns. */
const FIRST_FIELDS = 256;

/**
 * Reads CSV (RFC 4180: comma, double quotes, header first) piece by piece, without making a string of any field.
 *
 * Every record has as many fields as the first; empty lines are not records. Lines end in LF or CRLF, or in CR where the
 * first line does. `push` takes the next piece of text, `end` says there is none.
 * @throws CsvDefectError.
 */
export class CsvScanner {
  readonly #onRecord: OnRecord;
  readonly #maxRecord: number;
  readonly #maxFields: number;
  #text = '';
  #index = 0;
  #columns = -1;
  #starts = new Int32Array(FIRST_FIELDS);
  #ends = new Int32Array(FIRST_FIELDS);
  #quoted = new Uint8Array(FIRST_FIELDS);
  #isReturnAlone = false;

  constructor(onRecord: OnRecord, limits: { readonly maxRecordCharacters: number; readonly maxColumns: number }) {
    this.#onRecord = onRecord;
    this.#maxRecord = limits.maxRecordCharacters;
    this.#maxFields = limits.maxColumns + 1;
  }

  push(piece: string): void {
    this.#scan(this.#text === '' ? piece : this.#text + piece, false);
  }

  end(): void {
    this.#scan(this.#text, true);
  }

  #scan(text: string, isLast: boolean): void {
    let at = 0;
    for (;;) {
      const next = this.#record(text, at, isLast);
      if (next < 0) break;
      if (next - at > this.#maxRecord) throw new CsvDefectError('record-long', this.#index);
      at = next;
      if (at >= text.length) break;
    }
    this.#text = text.slice(at);
    if (this.#text.length > this.#maxRecord) throw new CsvDefectError('record-long', this.#index);
  }

  /** Reads one record from `at` and says where the next begins; -1 when its end is not in the text yet. */
  #record(text: string, at: number, isLast: boolean): number {
    let position = at;
    let fields = 0;
    for (;;) {
      if (fields === this.#starts.length) this.#grow();
      const end =
        text.charCodeAt(position) === QUOTE
          ? this.#quotedField(text, position, { field: fields, isLast })
          : this.#plainField(text, position, fields);
      if (end < 0) return -1;
      fields += 1;
      if (end < text.length && text.charCodeAt(end) === COMMA) {
        if (fields >= this.#maxFields) throw new CsvDefectError('fields', this.#index);
        position = end + 1;
        continue;
      }
      const next = this.#afterLine(text, end, isLast);
      if (next >= 0) this.#finish(text, fields, at);
      return next;
    }
  }

  #plainField(text: string, start: number, field: number): number {
    const { length } = text;
    let end = start;
    while (end < length) {
      const code = text.charCodeAt(end);
      if (code === COMMA || code === LINE_FEED || (code === RETURN && this.#endsLine(text, end))) break;
      if (code === QUOTE) throw new CsvDefectError('quote-inside', this.#index);
      end += 1;
    }
    this.#starts[field] = start;
    this.#ends[field] = end;
    this.#quoted[field] = 0;
    return end;
  }

  #quotedField(text: string, start: number, { field, isLast }: { field: number; isLast: boolean }): number {
    let quoted = 1;
    let close = text.indexOf('"', start + 1);
    while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
      quoted = 2;
      close = text.indexOf('"', close + 2);
    }
    if (close < 0 || (close + 1 >= text.length && !isLast)) {
      if (isLast) throw new CsvDefectError('quote-open', this.#index);
      return -1;
    }
    const after = close + 1 < text.length ? text.charCodeAt(close + 1) : LINE_FEED;
    if (after !== COMMA && after !== LINE_FEED && after !== RETURN)
      throw new CsvDefectError('quote-closed', this.#index);
    this.#starts[field] = start + 1;
    this.#ends[field] = close;
    this.#quoted[field] = quoted;
    return close + 1;
  }

  /** Where the next line begins when one ends at `end`; -1 when that cannot be seen yet. */
  #afterLine(text: string, end: number, isLast: boolean): number {
    if (end >= text.length) return isLast ? end : -1;
    if (text.charCodeAt(end) === LINE_FEED) return end + 1;
    if (end + 1 >= text.length && !isLast) return -1;
    if (text.charCodeAt(end + 1) === LINE_FEED) return end + 2;
    if (this.#index === 0) this.#isReturnAlone = true;
    if (!this.#isReturnAlone) throw new CsvDefectError('quote-closed', this.#index);
    return end + 1;
  }

  /** Whether a CR outside quotes ends the line: before LF always, alone where lines end so. */
  #endsLine(text: string, at: number): boolean {
    if (this.#isReturnAlone || at + 1 >= text.length) return true;
    return text.charCodeAt(at + 1) === LINE_FEED || this.#index === 0;
  }

  #finish(text: string, fields: number, at: number): void {
    const isEmpty = fields === 1 && this.#quoted[0] === 0 && this.#ends[0] === at;
    if (isEmpty) return;
    if (this.#columns < 0) this.#columns = fields;
    if (fields !== this.#columns) throw new CsvDefectError('fields', this.#index);
    this.#onRecord({ text, fields, starts: this.#starts, ends: this.#ends, quoted: this.#quoted }, this.#index);
    this.#index += 1;
  }

  #grow(): void {
    const size = this.#starts.length * 2;
    const [starts, ends, quoted] = [new Int32Array(size), new Int32Array(size), new Uint8Array(size)];
    starts.set(this.#starts);
    ends.set(this.#ends);
    quoted.set(this.#quoted);
    [this.#starts, this.#ends, this.#quoted] = [starts, ends, quoted];
  }
}
