import { billTable, Decimal, isAbsentCell, type LineView, tableView } from '@infrafabric/finops';
import type { CsvTable, DecimalString } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import type { BillHeader } from './bill-check.ts';

/** Totals by currency; lines without one are under the empty name. */
export type BilledTotals = Readonly<Record<string, DecimalString>>;

/** Within this much, in the currency of the bill, two totals are the same: a cent. */
export const RECONCILIATION_TOLERANCE = '0.01';

/** The columns that say what a line was billed, the better first: the source's own, before any mapping. */
export const billedColumns = ({ format }: Pick<BillHeader, 'format'>): readonly string[] =>
  format.startsWith('focus') ? ['BilledCost'] : ['line_item_net_unblended_cost', 'line_item_unblended_cost'];

/** Adds up what every line of a file was billed, cell by cell and apart from the reading that figures are made of. */
export function billedTotals(table: CsvTable, header: BillHeader): BilledTotals {
  const view = tableView(table);
  const costs = billedColumns(header).map((name) => ownCells(view, header, name));
  const currency = ownCells(view, header, header.columns.currency);
  const totals = new Map<string, Decimal>();
  for (let line = 0; line < view.lines; line += 1) {
    const cell = costs.map((cells) => cells(line)).find((one) => !isAbsentCell(one)) ?? '0';
    const code = currency(line);
    const label = isAbsentCell(code) ? '' : code;
    totals.set(label, (totals.get(label) ?? new Decimal(0)).plus(cell.replaceAll(/[$,\s]/g, '')));
  }
  return Object.fromEntries(
    [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, total]) => [label, total.toFixed()]),
  );
}

function ownCells(view: LineView, { own }: BillHeader, name: string): (line: number) => string {
  const column = own(name);
  return (column === undefined ? undefined : view.cells(column)) ?? (() => '');
}

/**
 * Compares what a file says it comes to with what figures will be made of; a line counts by itself, so `tables` may be any
 * pieces of what travels.
 *
 * @throws CollectError `RECONCILIATION_FAILED` when they are a cent apart or more.
 */
export function reconcile(totals: BilledTotals, tables: Iterable<CsvTable>, name: string): void {
  let ours = new Decimal(0);
  for (const table of tables) {
    const bill = billTable(table);
    const { mantissas, scale } = bill.decimals('BilledCost');
    const read = mantissas.reduce((sum, mantissa) => sum + mantissa, 0n);
    ours = ours.plus(new Decimal(read.toString()).div(new Decimal(10).pow(scale))).plus(bill.dropped.billed);
  }
  const theirs = Object.values(totals).reduce((sum, total) => sum.plus(total), new Decimal(0));
  if (ours.minus(theirs).abs().lessThan(RECONCILIATION_TOLERANCE)) return;
  throw new CollectError('RECONCILIATION_FAILED', {
    message: `expected the lines to come to the ${theirs.toFixed(2)} of the file, got ${ours.toFixed(2)}`,
    where: name,
    fix: 'this is a defect of InfraFabric or of the file; report it with the format of the bill',
  });
}
