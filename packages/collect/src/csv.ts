import type { CsvTable } from '@infrafabric/protocol';
import { CsvError, parse } from 'csv-parse/sync';
import { CollectError } from './errors.ts';
import { decodeText } from './text.ts';

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
  if (columns === undefined || rows.length === 0) {
    throw new CollectError('INPUT_NO_ROWS', {
      message: 'expected a header and at least one row, got no rows',
      where: name,
      fix: 'export a period in which there is data',
    });
  }
  checkColumns(columns, name);
  return { columns, rows };
}

function records(text: string, name: string): string[][] {
  try {
    return parse(text, { skip_empty_lines: true, max_record_size: CSV_LIMITS.maxRecordCharacters });
  } catch (error) {
    if (error instanceof CsvError) throw notCsv(error, name);
    throw error;
  }
}

function notCsv(error: CsvError, name: string): CollectError {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return tooLarge(name, `rows of at most ${CSV_LIMITS.maxRecordCharacters} characters`, 'a longer one');
  }
  const row = typeof error['records'] === 'number' ? error['records'] : 0;
  const place = row === 0 ? 'the header' : `row ${row}`;
  return new CollectError('CSV_ROW_SHAPE', {
    message: `expected one field a column at ${place}, got ${DEFECTS[error.code] ?? 'text that is not CSV'}`,
    where: `${name}, ${place}`,
    fix: 'export the file again; a file cut off in the middle ends like this',
    cause: error,
  });
}

const DEFECTS: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'another number of fields',
  CSV_QUOTE_NOT_CLOSED: 'a quote that never closes',
  CSV_INVALID_CLOSING_QUOTE: 'text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote inside an unquoted field',
};

function checkColumns(columns: readonly string[], name: string): void {
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
