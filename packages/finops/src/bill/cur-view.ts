import type { CsvTable } from '@infrafabric/protocol';
import { curName } from './bill-format.ts';
import { CUR_COLUMNS } from './cur-columns.ts';
import { type CellOf, type LineView, isAbsentCell, tableView } from './line-view.ts';

/**
 * A Cost and Usage Report (legacy or 2.0) under FOCUS names, by the rules of {@link CUR_COLUMNS}.
 *
 * Its own columns stay there under the names the file gives them. An absent cell reads as empty.
 */
export function curView(table: CsvTable): LineView {
  const own = tableView(table);
  const ownName = new Map(table.columns.map((column) => [curName(column), column]));
  const source = (name: string): CellOf | undefined => {
    const column = ownName.get(name);
    const cell = column === undefined ? undefined : own.cells(column);
    return cell === undefined ? undefined : (line) => presentCell(cell(line));
  };
  return {
    lines: own.lines,
    cells: (column) => {
      const rule = CUR_COLUMNS[column];
      if (rule === undefined) return own.cells(column);
      const has = rule.of.length === 0 || rule.of.some((name) => ownName.has(name));
      return has ? rule.read((name) => source(name) ?? EMPTY) : undefined;
    },
  };
}

const EMPTY: CellOf = () => '';
const presentCell = (cell: string): string => (isAbsentCell(cell) ? '' : cell);

/** Whether a line of a report is a share of another line: split cost allocation of a cluster's machines over its pods or tasks. */
export function splitLines(table: CsvTable): ((line: number) => boolean) | undefined {
  const own = tableView(table);
  const of = (name: string): CellOf => {
    const column = table.columns.find((one) => curName(one) === name);
    return (column === undefined ? undefined : own.cells(column)) ?? EMPTY;
  };
  const operation = of('line_item_operation');
  const parent = of('split_line_item_parent_resource_id');
  return (line) => SPLIT_OPERATION.test(operation(line)) || presentCell(parent(line)) !== '';
}

/** `lineItem/Operation` of split rows. Source: Cloud Intelligence Dashboards, summary_view, read 2026-11. */
const SPLIT_OPERATION = /^(?:EKSPod|ECSTask)-EC2/;
