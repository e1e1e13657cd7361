import type { CsvTable } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { parseBillInstant } from './charge-instant.ts';
import { type DecimalColumn, decimalColumn } from './decimal-column.ts';

/** The four cost columns of FOCUS 1.0, from list price to invoice. */
export const COST_COLUMNS = ['ListCost', 'ContractedCost', 'EffectiveCost', 'BilledCost'] as const;
/** One of the four cost columns. */
export type CostColumn = (typeof COST_COLUMNS)[number];

/** A column as codes: `codes[line]` indexes `labels`; an absent cell has the label `null`. Labels stand in order of appearance. */
interface Dimension {
  readonly codes: Int32Array;
  readonly labels: readonly (string | null)[];
  readonly codeOf: ReadonlyMap<string | null, number>;
}

/** Charge periods by line: milliseconds since the epoch, end exclusive. */
interface ChargePeriods {
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
}

/** A FOCUS bill by column; a column is read once, when it is first asked for. `lines` counts charges, from index 0. */
export interface BillTable {
  readonly lines: number;
  readonly has: (column: string) => boolean;
  /** A column that the bill does not have reads as absent in every line. */
  readonly dimension: (column: string) => Dimension;
  /** @throws FinopsError `VALUE_NOT_DECIMAL` with row and column; `TABLE_MALFORMED` when the column is missing. */
  readonly decimals: (column: string) => DecimalColumn;
  /** @throws FinopsError `TABLE_MALFORMED` with row and column. */
  readonly periods: () => ChargePeriods;
}

/** Whether a cell holds nothing: empty, or the literal that exports write for it. */
export const isAbsentCell = (cell: string): boolean => cell === '' || cell === 'NULL' || cell === 'null';

const SEEN = new WeakMap<CsvTable, BillTable>();

/** Looks at a parsed CSV file as a FOCUS bill. The same table gives the same view, so that a column is read once for all figures. */
export function billTable(table: CsvTable): BillTable {
  const seen = SEEN.get(table);
  if (seen !== undefined) return seen;
  const bill = lazyBillTable(table);
  SEEN.set(table, bill);
  return bill;
}

function lazyBillTable(table: CsvTable): BillTable {
  const dimension = remembered((column) => readDimension(table, column));
  const decimals = remembered((column) => readDecimals(table, column));
  const periods = remembered(() => readPeriods(dimension));
  return {
    lines: table.rows.length,
    has: (column) => table.columns.includes(column),
    dimension,
    decimals,
    periods: () => periods(''),
  };
}

function remembered<T>(read: (column: string) => T): (column: string) => T {
  const known = new Map<string, T>();
  return (column) => {
    const value = known.get(column) ?? read(column);
    known.set(column, value);
    return value;
  };
}

function readDimension(table: CsvTable, column: string): Dimension {
  const at = table.columns.indexOf(column);
  const codes = new Int32Array(table.rows.length);
  const labels: (string | null)[] = [];
  const codeOf = new Map<string | null, number>();
  for (const [line, row] of table.rows.entries()) {
    const cell = row[at] ?? '';
    const label = isAbsentCell(cell) ? null : cell;
    let code = codeOf.get(label);
    if (code === undefined) {
      code = labels.push(label) - 1;
      codeOf.set(label, code);
    }
    codes[line] = code;
  }
  return { codes, labels, codeOf };
}

function readDecimals(table: CsvTable, column: string): DecimalColumn {
  const at = table.columns.indexOf(column);
  if (at < 0) throw new FinopsError('TABLE_MALFORMED', { message: `expected a column ${column}, got none` });
  const cells = table.rows.map((row) => row[at] ?? '');
  const read = decimalColumn(cells, isAbsentCell);
  if (typeof read !== 'number') return read;
  throw new FinopsError('VALUE_NOT_DECIMAL', {
    message: `expected a decimal such as 12.50, got ${JSON.stringify(cells[read]?.slice(0, 40))}`,
    where: `row ${read + 1}, column ${column}`,
  });
}

function readPeriods(dimension: (column: string) => Dimension): ChargePeriods {
  return {
    startMs: instants(dimension('ChargePeriodStart'), 'ChargePeriodStart'),
    endMs: instants(dimension('ChargePeriodEnd'), 'ChargePeriodEnd'),
  };
}

function instants({ codes, labels }: Dimension, column: string): Float64Array {
  const byCode = labels.map((label) => (label === null ? undefined : parseBillInstant(label)));
  const result = new Float64Array(codes.length);
  for (const [line, code] of codes.entries()) {
    const ms = byCode[code];
    if (ms === undefined) {
      throw new FinopsError('TABLE_MALFORMED', {
        message: `expected a date such as 2024-09-01T00:00:00Z, got ${JSON.stringify(labels[code]?.slice(0, 40) ?? null)}`,
        where: `row ${line + 1}, column ${column}`,
      });
    }
    result[line] = ms;
  }
  return result;
}
