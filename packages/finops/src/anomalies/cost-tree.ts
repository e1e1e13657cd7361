import type { LineFilter } from '../bill/bill-sums.ts';
import type { BillTable } from '../bill/bill-table.ts';
import { formatScaled } from '../bill/decimal-column.ts';
import { costCube, type CubeGroup } from '../spend/cost-cube.ts';
import { courseColumn } from '../spend/cost-basis.ts';
import type { DaySpan } from '../spend/judged-days.ts';
import { usageColumn } from '../spend/spend-dimension.ts';
import type { DailySeries } from './find-events.ts';

/** A place in the tree service > account > region > usage type, and what it cost by day. */
export interface CostNode {
  /** Its label in each column from the service down to its own level. */
  readonly path: LineFilter;
  readonly series: DailySeries;
  readonly children: CostNode[];
}

/** The columns of the tree, from the root: those the bill has. */
export function treeColumns(bill: BillTable): string[] {
  const usage = usageColumn(bill);
  return ['ServiceName', 'SubAccountId', 'RegionId', ...(usage === undefined ? [] : [usage])].filter(bill.has);
}

/**
 * What every service, account, region and usage type cost by day, usage by the hour and the day alone: what comes once, at the
 * boundary of a month or by purchase, is no course of cost. Days without lines are 0.
 */
export function costTree(bill: BillTable, days: DaySpan): CostNode[] {
  const columns = treeColumns(bill);
  const column = courseColumn(bill);
  const roots: CostNode[] = [];
  let parents = new Map<string, CostNode>();
  for (const level of columns.keys()) {
    const by = columns.slice(0, level + 1);
    const cube = costCube(bill, { column, lines: 'daily-usage', by });
    const nodes = new Map<string, CostNode>();
    for (const group of cube.groups) {
      const path = Object.fromEntries(by.map((name) => [name, group.filter[name] ?? null]));
      const node = { path, series: seriesOf(group, cube.scale, days), children: [] };
      nodes.set(pathKey(path), node);
      const above = Object.fromEntries(by.slice(0, -1).map((name) => [name, path[name] ?? null]));
      (level === 0 ? roots : (parents.get(pathKey(above))?.children ?? [])).push(node);
    }
    parents = nodes;
  }
  return roots;
}

/** The series of one group; its numbers decide what stands out, and money is taken from the bill itself. */
export function seriesOf(group: CubeGroup | undefined, scale: number, { first, last }: DaySpan): DailySeries {
  const values = Array.from({ length: last - first + 1 }, (_, at) =>
    Number(formatScaled(group?.days.get(first + at) ?? 0n, scale)),
  );
  return { firstDay: first, values };
}

/** A path as a text that sorts. */
export const pathKey = (path: LineFilter): string => JSON.stringify(Object.values(path));
