import type { CsvTable } from '@infrafabric/protocol';
import { type CsvDefect, CsvDefectError, CsvScanner, fieldOf } from './csv-scanner.ts';
import { CollectError } from './errors.ts';
import { decodeText, TextBlocks } from './text.ts';

/** What a CSV file may hold before it is refused. */
export const CSV_LIMITS = {
  maxBytes: 64 * 1024 * 1024,
  maxColumns: 2_000,
  maxRecordCharacters: 1024 * 1024,
} as const;

/**
 * Parses a CSV file (RFC 4180, comma, header first) whole; empty lines are not records.
 *
 * `name` is the file's name in messages. Rows are counted from 1 after the header, as in the pointer `row=N`.
 * @throws CollectError `INPUT_EMPTY`, `INPUT_ENCODING`, `INPUT_TOO_LARGE`, `INPUT_NO_ROWS`, `SCHEMA_COLUMN_DUPLICATE`,
 *   `CSV_ROW_SHAPE` for a row with other than one field a column, a stray quote or a quote that never closes.
 */
export function parseCsv(bytes: Uint8Array, name = 'csv'): CsvTable {
  if (bytes.length > CSV_LIMITS.maxBytes) throw tooLarge(name, `${CSV_LIMITS.maxBytes} bytes`, `${bytes.length} bytes`);
  const [columns, ...rows] = records(decodeText(bytes, name), name);
  if (columns === undefined || rows.length === 0) throw noRows(name);
  return { columns, rows };
}

/** At least so many records of a large text are a table of their own. */
const PIECE_RECORDS = 10_000;

/** The records of a CSV text in tables of some {@link PIECE_RECORDS}, so that it is never held whole. Fails like `parseCsv`. */
export function* csvTables(bytes: Uint8Array, name = 'csv'): Generator<CsvTable> {
  let columns: readonly string[] | undefined;
  let rows: string[][] = [];
  const scanner = new CsvScanner((record, index) => {
    const fields = Array.from({ length: record.fields }, (_, field) => fieldOf(record, field));
    if (index === 0) columns = fields;
    else rows.push(fields);
  }, CSV_LIMITS);
  const text = new TextBlocks(name);
  for (let at = 0; at < bytes.length; at += CSV_LIMITS.maxRecordCharacters) {
    const block = bytes.subarray(at, at + CSV_LIMITS.maxRecordCharacters);
    scanned(name, () => scanner.push(text.push(block)));
    if (columns === undefined || rows.length < PIECE_RECORDS) continue;
    yield { columns, rows };
    rows = [];
  }
  scanned(name, () => scanner.end());
  if (columns !== undefined && rows.length > 0) yield { columns, rows };
}

/** A file with a header and nothing below it. */
export function noRows(name: string): CollectError {
  return new CollectError('INPUT_NO_ROWS', {
    message: 'expected a header and at least one row, got no rows',
    where: name,
    fix: 'export a period in which there is data',
  });
}

function records(text: string, name: string): string[][] {
  const all: string[][] = [];
  const scanner = new CsvScanner((record, index) => {
    const fields = Array.from({ length: record.fields }, (_, field) => fieldOf(record, field));
    if (index === 0) checkColumns(fields, name);
    all.push(fields);
  }, CSV_LIMITS);
  return scanned(name, () => {
    scanner.push(text);
    scanner.end();
    return all;
  });
}

/** Runs a scan and says what is wrong with the text in the words of the file. */
export function scanned<T>(name: string, scan: () => T): T {
  try {
    return scan();
  } catch (error) {
    throw error instanceof CsvDefectError ? notCsv(error, name) : error;
  }
}

function notCsv(cause: CsvDefectError, name: string): CollectError {
  const { defect, index } = cause;
  const place = index === 0 ? 'the header' : `row ${index}`;
  if (defect === 'record-long') {
    return tooLarge(name, `rows of at most ${CSV_LIMITS.maxRecordCharacters} characters`, 'a longer one');
  }
  return new CollectError('CSV_ROW_SHAPE', {
    message: `expected one field a column at ${place}, got ${DEFECTS[defect]}`,
    where: `${name}, ${place}`,
    fix: 'export the file again; a file cut off in the middle ends like this',
    cause,
  });
}

const DEFECTS: Readonly<Record<CsvDefect, string>> = {
  fields: 'another number of fields',
  'quote-open': 'a quote that never closes',
  'quote-closed': 'text after a closing quote',
  'quote-inside': 'a quote inside an unquoted field',
  'record-long': 'a longer row',
};

/** Refuses a header with a name twice or too many names. */
export function checkColumns(columns: readonly string[], name: string): void {
  if (columns.length > CSV_LIMITS.maxColumns) {
    throw tooLarge(name, `${CSV_LIMITS.maxColumns} columns`, `${columns.length} columns`);
  }
  const seen = new Set<string>();
  for (const column of columns) {
    if (seen.has(column)) {
      throw new CollectError('SCHEMA_COLUMN_DUPLICATE', {
        message: `expected column names to differ, got ${JSON.stringify(column.slice(0, 80))} twice`,
        where: `${name}, the header`,
        fix: 'remove or rename one of the two columns',
      });
    }
    seen.add(column);
  }
}

function tooLarge(name: string, limit: string, got: string): CollectError {
  return new CollectError('INPUT_TOO_LARGE', {
    message: `expected at most ${limit}, got ${got}`,
    where: name,
    fix: 'split the file',
  });
}
