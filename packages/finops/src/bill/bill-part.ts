import type { CsvTable } from '@infrafabric/protocol';
import { billColumns } from './bill-columns.ts';
import { type BillFormat, billFormat } from './bill-format.ts';
import { curView, splitLines } from './cur-view.ts';
import { type DateReader, dateReader } from './date-reader.ts';
import { focusView } from './focus-view.ts';
import type { LineView } from './line-view.ts';

/** One file of a bill: its columns under FOCUS names, how its dates are read, and which of its lines count. */
export interface BillPart {
  readonly table: CsvTable;
  readonly format: BillFormat;
  readonly view: LineView;
  readonly date: DateReader;
  readonly isSplit: ((line: number) => boolean) | undefined;
  /** Lines that count, by index in the file. */
  readonly kept: Int32Array;
}

const FOCUS_DATES = billColumns('focus-1.0');

/** Looks at a parsed file as a part of a bill; a header of no format we know is read as FOCUS. All its lines count. */
export function billPart(table: CsvTable): BillPart {
  const format = billFormat(table.columns) ?? 'focus-1.0';
  const isFocus = format.startsWith('focus');
  const view = isFocus ? focusView(table) : curView(table);
  return {
    table,
    format,
    view,
    date: dateReader(view, FOCUS_DATES),
    isSplit: isFocus ? undefined : splitLines(table),
    kept: Int32Array.from({ length: view.lines }, (_, line) => line),
  };
}
