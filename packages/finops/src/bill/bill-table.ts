import type { Cited, CsvTable } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { isCsvTable } from '../money.ts';
import { type BillPart, billPart } from './bill-part.ts';
import { type DecimalColumn, decimalColumn } from './decimal-column.ts';
import { type Conversion, conversionOf } from './conversion.ts';
import type { Dimension } from './dimension.ts';
import { type DroppedLines, withoutRepeats } from './dropped-lines.ts';
import { type CellOf, isAbsentCell } from './line-view.ts';

/** The four cost columns of FOCUS 1.0, from list price to invoice. */
export const COST_COLUMNS = ['ListCost', 'ContractedCost', 'EffectiveCost', 'BilledCost'] as const;
/** One of the four cost columns. */
export type CostColumn = (typeof COST_COLUMNS)[number];

/** Charge periods by line: milliseconds since the epoch, end exclusive. */
interface ChargePeriods {
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Lines that are no usage and whose end is no date; their end reads as their start. */
  readonly unreadableEnds: number;
}

/** A bill by FOCUS column, whatever its files are; a column is read once, when it is first asked for. `lines` counts charges, from index 0. */
export interface BillTable {
  readonly lines: number;
  readonly has: (column: string) => boolean;
  /** A column that the bill does not have reads as absent in every line. */
  readonly dimension: (column: string) => Dimension;
  /** Cost columns are in USD when the bill comes with exchange rates.
   * @throws FinopsError `VALUE_NOT_DECIMAL` with row and column; `TABLE_MALFORMED` when the column is missing. */
  readonly decimals: (column: string) => DecimalColumn;
  /** @throws FinopsError `TABLE_MALFORMED` with row and column. */
  readonly periods: () => ChargePeriods;
  /** Lines that count for nothing: repeats of a line, and shares of another line. */
  readonly dropped: DroppedLines;
  readonly parts: readonly BillPart[];
  readonly conversion: Conversion | undefined;
}

const SEEN = new WeakMap<CsvTable, { readonly cited: readonly Cited[]; readonly bill: BillTable }[]>();

/** Looks at one parsed file as a bill; see {@link billOf}. */
export const billTable = (table: CsvTable): BillTable => billOf([table]);

/**
 * Looks at parsed files, and exchange rates if they are among them, as one bill.
 *
 * The same values give the same view, so that a column is read once for all figures.
 * @throws FinopsError `CITED_VALUE_MISSING` when there is no table.
 */
export function billOf(cited: readonly Cited[]): BillTable {
  const first = cited.find(isCsvTable);
  if (first === undefined) {
    throw new FinopsError('CITED_VALUE_MISSING', {
      message: `expected one whole CSV table, got ${cited.length} values of another shape`,
    });
  }
  const known = SEEN.get(first) ?? [];
  SEEN.set(first, known);
  const seen = known.find(
    (one) => one.cited.length === cited.length && one.cited.every((value, n) => value === cited[n]),
  );
  if (seen !== undefined) return seen.bill;
  const bill = lazyBill(cited);
  known.push({ cited, bill });
  return bill;
}

function lazyBill(cited: readonly Cited[]): BillTable {
  const { parts, dropped } = withoutRepeats(cited.filter(isCsvTable).map(billPart));
  const has = (column: string): boolean => parts.some(({ view }) => view.cells(column) !== undefined);
  const dimension = remembered((column) => readDimension(parts, column));
  const conversion = conversionOf(cited, () => dimension('BillingCurrency'));
  const decimals = remembered((column) => {
    if (!has(column)) throw new FinopsError('TABLE_MALFORMED', { message: `expected a column ${column}, got none` });
    const read = readDecimals(parts, column);
    return isCostColumn(column) && conversion !== undefined ? conversion.convert(read) : read;
  });
  const periods = remembered(() => readPeriods(parts));
  return {
    lines: lineCount(parts),
    has,
    dimension,
    decimals,
    periods: () => periods(''),
    dropped,
    parts,
    conversion,
  };
}

const isCostColumn = (column: string): boolean => COST_COLUMNS.some((one) => one === column);
const lineCount = (parts: readonly BillPart[]): number => parts.reduce((count, part) => count + part.kept.length, 0);

function remembered<T>(read: (column: string) => T): (column: string) => T {
  const known = new Map<string, T>();
  return (column) => {
    const value = known.get(column) ?? read(column);
    known.set(column, value);
    return value;
  };
}

/** Every cell of a column, part after part, lines that count only. */
function* cellsOf(parts: readonly BillPart[], column: string): Generator<string> {
  for (const { view, kept } of parts) {
    const cell = view.cells(column);
    for (const line of kept) yield cell === undefined ? '' : cell(line);
  }
}

function readDimension(parts: readonly BillPart[], column: string): Dimension {
  const codes = new Int32Array(lineCount(parts));
  const labels: (string | null)[] = [];
  const codeOf = new Map<string | null, number>();
  let line = 0;
  for (const cell of cellsOf(parts, column)) {
    const label = isAbsentCell(cell) ? null : cell;
    let code = codeOf.get(label);
    if (code === undefined) {
      code = labels.push(label) - 1;
      codeOf.set(label, code);
    }
    codes[line] = code;
    line += 1;
  }
  return { codes, labels, codeOf };
}

function readDecimals(parts: readonly BillPart[], column: string): DecimalColumn {
  const cells = [...cellsOf(parts, column)];
  const read = decimalColumn(cells, isAbsentCell);
  if (typeof read !== 'number') return read;
  throw new FinopsError('VALUE_NOT_DECIMAL', {
    message: `expected a decimal such as 12.50, got ${JSON.stringify(cells[read]?.slice(0, 40))}`,
    where: `row ${read + 1}, column ${column}`,
  });
}

function readPeriods(parts: readonly BillPart[]): ChargePeriods {
  const startMs = new Float64Array(lineCount(parts));
  const endMs = new Float64Array(startMs.length);
  let at = 0;
  let unreadableEnds = 0;
  for (const part of parts) {
    const read = periodReader(part);
    for (const line of part.kept) {
      const { from, to } = read(line);
      if (to === undefined) unreadableEnds += 1;
      startMs[at] = from;
      endMs[at] = to ?? from;
      at += 1;
    }
  }
  return { startMs, endMs, unreadableEnds };
}

function periodReader({ view, date }: BillPart): (line: number) => { from: number; to: number | undefined } {
  const cells = (column: string): CellOf => view.cells(column) ?? (() => '');
  const [start, end, kind] = [cells('ChargePeriodStart'), cells('ChargePeriodEnd'), cells('ChargeCategory')];
  return (line) => {
    const [from, to] = [date(start(line)), date(end(line))];
    if (from === undefined) throw badDate(line, 'ChargePeriodStart', start(line));
    if (to === undefined && kind(line) === 'Usage') throw badDate(line, 'ChargePeriodEnd', end(line));
    return { from, to };
  };
}

function badDate(line: number, column: string, cell: string): FinopsError {
  return new FinopsError('TABLE_MALFORMED', {
    message: `expected a date such as 2024-09-01T00:00:00Z, got ${JSON.stringify(isAbsentCell(cell) ? null : cell.slice(0, 40))}`,
    where: `row ${line + 1}, column ${column}`,
  });
}
