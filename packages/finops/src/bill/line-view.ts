import type { CsvTable } from '@infrafabric/protocol';

/** Reads one column, line by line (0-based). */
export type CellOf = (line: number) => string;

/** A parsed file whose columns are asked for by name; a column that is not there has no reader. */
export interface LineView {
  readonly lines: number;
  readonly cells: (column: string) => CellOf | undefined;
}

/** A table as it is, by its own column names. */
export function tableView({ columns, rows }: CsvTable): LineView {
  const at = new Map(columns.map((column, index) => [column, index]));
  return {
    lines: rows.length,
    cells: (column) => {
      const index = at.get(column);
      return index === undefined ? undefined : (line) => rows[line]?.[index] ?? '';
    },
  };
}

/** Whether a cell holds nothing: empty, or the literal that exports write for it. */
export const isAbsentCell = (cell: string): boolean => cell === '' || cell === 'NULL' || cell === 'null';
