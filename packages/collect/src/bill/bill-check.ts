import {
  BILL_DATE_RANGE,
  type BillColumns,
  type BillFormat,
  billColumns,
  billFormat,
  columnOf,
  dateReader,
  isAbsentCell,
  type LineView,
  parseBillDecimal,
  tableView,
} from '@infrafabric/finops';
import type { CsvTable } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';

/** What a header turned out to be: the format, and its columns by the names the file gives them. */
export interface BillHeader {
  readonly format: BillFormat;
  readonly columns: BillColumns;
  /** The file's name of a column of `columns`; `undefined` when it is not there. */
  readonly own: (name: string) => string | undefined;
}

/**
 * What a header is, by its names alone.
 *
 * @throws CollectError `SCHEMA_COLUMN_MISSING` with all required columns that are missing.
 */
export function billHeader(names: readonly string[], where: string): BillHeader {
  const format = billFormat(names) ?? 'focus-1.0';
  const columns = billColumns(format);
  const own = (name: string): string | undefined => columnOf(names, format, name);
  const missing = columns.required.filter((name) => own(name) === undefined);
  if (missing.length === 0) return { format, columns, own };
  throw new CollectError('SCHEMA_COLUMN_MISSING', {
    message: `expected the columns of ${SHOWN[format] ?? 'a FOCUS bill'}, got a file without ${missing.join(', ')}`,
    where: `${where}, the header`,
    fix: 'export the bill as FOCUS 1.0 or later, or as a Cost and Usage Report, with all its columns',
  });
}

const SHOWN: Readonly<Partial<Record<BillFormat, string>>> = {
  'cur-legacy': 'a Cost and Usage Report',
  'cur-2.0': 'a Cost and Usage Report 2.0',
};

/**
 * Checks every value that figures are made of, so that judgement never meets a bad one, and says what the header is.
 *
 * Absent cells (empty, `NULL`) are allowed in all numbers but the billed cost, and in the currency when no line has one.
 * Columns we do not know are left alone. The end of a charge that is no usage may be no date: nothing is computed from it.
 * @throws CollectError `SCHEMA_COLUMN_MISSING` with all that are missing, then for the first bad row from the top of a column
 *   `VALUE_NOT_DECIMAL`, `VALUE_DATE_RANGE`.
 */
export function checkBill(table: CsvTable, name: string): BillHeader {
  const header = billHeader(table.columns, name);
  const view = tableView(table);
  header.columns.numbers.forEach((column, index) =>
    checkNumbers(view, header.own(column), { name, canLack: index > 0 }),
  );
  checkDates(view, header, name);
  return header;
}

/** The refusal of a cell that is no number. */
export function notDecimal(cell: string, where: string): CollectError {
  return new CollectError('VALUE_NOT_DECIMAL', {
    message: `expected a decimal such as 12.50, got ${shown(cell)}`,
    where,
    fix: 'export the bill again without grouping digits; FOCUS writes numbers as 1234.5',
  });
}

function checkNumbers(
  view: LineView,
  column: string | undefined,
  { name, canLack }: { readonly name: string; readonly canLack: boolean },
): void {
  const cells = column === undefined ? undefined : view.cells(column);
  if (cells === undefined) return;
  for (let line = 0; line < view.lines; line += 1) {
    const cell = cells(line);
    const isFine = isAbsentCell(cell) ? canLack : parseBillDecimal(cell) !== undefined;
    if (!isFine) throw notDecimal(cell, `${name}, row ${line + 1}, column ${column}`);
  }
}

function checkDates(view: LineView, { columns, own }: BillHeader, name: string): void {
  const pair = ([start, end]: readonly [string, string]): [string, string] => [own(start) ?? start, own(end) ?? end];
  const [charge, billing] = [pair(columns.chargePeriod), pair(columns.billingPeriod)];
  const read = dateReader(view, { chargePeriod: charge, billingPeriod: billing });
  const kind = view.cells(own(columns.kind) ?? columns.kind);
  const isUsage = (line: number): boolean => columns.usage.has(kind?.(line) ?? '');
  checkPeriod(view, charge, { read, name, needsEnd: isUsage });
  if (billing.every((column) => view.cells(column) !== undefined)) {
    checkPeriod(view, billing, { read, name, needsEnd: () => true });
  }
}

interface PeriodCheck {
  readonly read: (cell: string) => number | undefined;
  readonly name: string;
  /** Whether the end of a line must be a date after its start. */
  readonly needsEnd: (line: number) => boolean;
}

function checkPeriod(view: LineView, [from, to]: [string, string], check: PeriodCheck): void {
  const [start, end] = [view.cells(from), view.cells(to)];
  if (start === undefined || end === undefined) return;
  for (let line = 0; line < view.lines; line += 1) {
    const startMs = check.read(start(line));
    if (startMs === undefined) throw badDate(start(line), `${check.name}, row ${line + 1}, column ${from}`);
    const where = `${check.name}, row ${line + 1}, column ${to}`;
    checkEnd(end(line), startMs, { ...check, where, needsIt: check.needsEnd(line) });
  }
}

interface EndCheck extends PeriodCheck {
  readonly where: string;
  readonly needsIt: boolean;
}

function checkEnd(cell: string, startMs: number, { read, where, needsIt }: EndCheck): void {
  const endMs = read(cell);
  if (endMs === undefined && needsIt) throw badDate(cell, where);
  if (endMs === undefined || endMs > startMs || (endMs === startMs && !needsIt)) return;
  throw badPeriod(cell, startMs, where);
}

/** The refusal of a period that does not end after it starts. */
export function badPeriod(cell: string, startMs: number, where: string): CollectError {
  const start = new Date(startMs).toISOString().replace('.000Z', 'Z');
  return new CollectError('VALUE_DATE_RANGE', {
    message: `expected an end after ${start}, got ${shown(cell)}`,
    where,
    fix: 'export the bill again; a charge period ends after it starts',
  });
}

/** The refusal of a cell that is no date of a bill. */
export function badDate(cell: string, where: string): CollectError {
  const order = /^\d{1,2}\/\d{1,2}\/\d{2,4}$/.test(cell.trim())
    ? '; whether its month or its day comes first cannot be told from the file'
    : '';
  return new CollectError('VALUE_DATE_RANGE', {
    message:
      `expected a date such as 2024-09-01T00:00:00Z from ${BILL_DATE_RANGE.from} to ${BILL_DATE_RANGE.to}, ` +
      `got ${shown(cell)}${order}`,
    where,
    fix: 'export the bill again; FOCUS writes dates as ISO 8601 in UTC',
  });
}

const shown = (cell: string): string => JSON.stringify(cell.slice(0, 40));
