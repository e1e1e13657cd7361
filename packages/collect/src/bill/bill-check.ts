import { BILL_DATE_RANGE, isAbsentCell, parseBillDecimal, parseBillInstant } from '@infrafabric/finops';
import type { CsvTable } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';

/** The columns without which nothing can be said. All are mandatory in FOCUS 1.0. */
export const REQUIRED_COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'ProviderName',
  'ServiceName',
] as const;

const COSTS = ['BilledCost', 'ContractedCost', 'EffectiveCost', 'ListCost'] as const;

/**
 * Checks every value that figures are made of, so that judgement never meets a bad one.
 *
 * Absent cells (empty, `NULL`) are allowed in the costs but BilledCost; columns we do not know are left alone.
 * @throws CollectError `SCHEMA_COLUMN_MISSING` with all that are missing, then for the first bad row from the top of a column
 *   `VALUE_NOT_DECIMAL`, `VALUE_DATE_RANGE`, `CURRENCY_MIXED`.
 */
export function checkBill(table: CsvTable, name: string): void {
  checkColumns(table, name);
  for (const column of COSTS) checkDecimals(table, column, name);
  checkPeriod(table, ['ChargePeriodStart', 'ChargePeriodEnd'], name);
  if (['BillingPeriodStart', 'BillingPeriodEnd'].every((column) => table.columns.includes(column))) {
    checkPeriod(table, ['BillingPeriodStart', 'BillingPeriodEnd'], name);
  }
  checkCurrency(table, name);
}

function checkColumns(table: CsvTable, name: string): void {
  const missing = REQUIRED_COLUMNS.filter((column) => !table.columns.includes(column));
  if (missing.length === 0) return;
  throw new CollectError('SCHEMA_COLUMN_MISSING', {
    message: `expected the columns of FOCUS 1.0, got a file without ${missing.join(', ')}`,
    where: `${name}, the header`,
    fix: 'export the bill as FOCUS 1.0 with all its columns',
  });
}

function checkDecimals(table: CsvTable, column: string, name: string): void {
  const at = table.columns.indexOf(column);
  for (const [index, row] of table.rows.entries()) {
    const cell = row[at] ?? '';
    const isFine = isAbsentCell(cell) ? column !== 'BilledCost' : parseBillDecimal(cell) !== undefined;
    if (isFine) continue;
    throw new CollectError('VALUE_NOT_DECIMAL', {
      message: `expected a decimal such as 12.50, got ${shown(cell)}`,
      where: `${name}, row ${index + 1}, column ${column}`,
      fix: 'export the bill again without grouping digits; FOCUS writes numbers as 1234.5',
    });
  }
}

function checkPeriod(table: CsvTable, [from, to]: readonly [string, string], name: string): void {
  const [start, end] = [instants(table, from, name), instants(table, to, name)];
  const wrong = start.findIndex((ms, index) => ms >= (end[index] ?? 0));
  if (wrong < 0) return;
  throw new CollectError('VALUE_DATE_RANGE', {
    message: `expected ${to} after ${from}, got ${shown(cellOf(table, wrong, to))} after ${shown(cellOf(table, wrong, from))}`,
    where: `${name}, row ${wrong + 1}, column ${to}`,
    fix: 'export the bill again; a charge period ends after it starts',
  });
}

function instants(table: CsvTable, column: string, name: string): Float64Array {
  const at = table.columns.indexOf(column);
  const read = new Map<string, number | undefined>();
  const result = new Float64Array(table.rows.length);
  for (const [index, row] of table.rows.entries()) {
    const cell = row[at] ?? '';
    const ms = read.has(cell) ? read.get(cell) : parseBillInstant(cell);
    read.set(cell, ms);
    if (ms === undefined) throw badDate(cell, `${name}, row ${index + 1}, column ${column}`);
    result[index] = ms;
  }
  return result;
}

function badDate(cell: string, where: string): CollectError {
  return new CollectError('VALUE_DATE_RANGE', {
    message:
      `expected a date such as 2024-09-01T00:00:00Z from ${BILL_DATE_RANGE.from} to ${BILL_DATE_RANGE.to}, ` +
      `got ${shown(cell)}`,
    where,
    fix: 'export the bill again; FOCUS writes dates as ISO 8601 in UTC',
  });
}

function checkCurrency(table: CsvTable, name: string): void {
  const at = table.columns.indexOf('BillingCurrency');
  const first = table.rows[0]?.[at] ?? '';
  const other = table.rows.findIndex((row) => row[at] !== first || isAbsentCell(first));
  if (other < 0) return;
  const got = isAbsentCell(first) ? 'none' : `${shown(first)} and ${shown(cellOf(table, other, 'BillingCurrency'))}`;
  throw new CollectError('CURRENCY_MIXED', {
    message: `expected one BillingCurrency, got ${got}`,
    where: `${name}, row ${other + 1}, column BillingCurrency`,
    fix: 'export one bill for each currency; sums over several mean nothing',
  });
}

const cellOf = (table: CsvTable, row: number, column: string): string =>
  table.rows[row]?.[table.columns.indexOf(column)] ?? '';

const shown = (cell: string): string => JSON.stringify(cell.slice(0, 40));
