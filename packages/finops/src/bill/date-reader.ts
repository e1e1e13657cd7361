import type { BillColumns } from './bill-columns.ts';
import { type SlashOrder, isMonthStart, parseBillInstant, parseSlashedDate } from './charge-instant.ts';
import type { CellOf, LineView } from './line-view.ts';

/** Reads a date cell as milliseconds since the epoch; `undefined` when it is none. */
export type DateReader = (cell: string) => number | undefined;

/** The columns that hold dates. */
export type DateColumns = Pick<BillColumns, 'chargePeriod' | 'billingPeriod'>;

/**
 * How the dates of a whole file are read: as ISO 8601, or as `M/D/YY` where nothing else is possible.
 *
 * `4/1/25` is read with the month first only when every date of the file exists that way, every charge period then ends
 * after it starts and every billing period is whole calendar months, and with the day first one of these fails. A file
 * that both orders fit, or without billing periods, has dates nobody can read: then the reader answers `undefined`.
 */
export function dateReader(view: LineView, columns: DateColumns): DateReader {
  const [start] = columns.chargePeriod.map((column) => view.cells(column));
  const first = start?.(0) ?? '';
  if (parseSlashedDate(first, 'month-first') === undefined && parseSlashedDate(first, 'day-first') === undefined) {
    return remembered(parseBillInstant);
  }
  const fits = (order: SlashOrder): boolean => isReadable(view, columns, order);
  const isMonthFirst = fits('month-first') && !fits('day-first');
  return remembered((cell) => (isMonthFirst ? parseSlashedDate(cell, 'month-first') : undefined));
}

function isReadable(view: LineView, columns: DateColumns, order: SlashOrder): boolean {
  const readers = [...columns.chargePeriod, ...columns.billingPeriod].map((column) => view.cells(column));
  if (!readers.every((reader): reader is CellOf => reader !== undefined)) return false;
  const read = remembered((cell) => parseSlashedDate(cell, order));
  for (let line = 0; line < view.lines; line += 1) {
    const [from, to, billFrom, billTo] = readers.map((reader) => read(reader(line)));
    if (from === undefined || to === undefined || billFrom === undefined || billTo === undefined) return false;
    if (from >= to || billFrom >= billTo || !isMonthStart(billFrom) || !isMonthStart(billTo)) return false;
  }
  return true;
}

function remembered(read: DateReader): DateReader {
  const known = new Map<string, number | undefined>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined || known.has(cell)) return before;
    const ms = read(cell);
    known.set(cell, ms);
    return ms;
  };
}
