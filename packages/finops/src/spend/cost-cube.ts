import type { LineFilter } from '../bill/bill-sums.ts';
import type { BillTable } from '../bill/bill-table.ts';
import { dayOf } from '../bill/charge-instant.ts';
import { linesOf } from '../bill/bill-sums.ts';
import type { Dimension } from '../bill/dimension.ts';
import { spendDimension } from './spend-dimension.ts';

/** Which lines are added up: all, or usage charged by the hour or the day. */
export type SpendLines = 'all' | 'daily-usage';

/** What is added up: a numeric column, over which lines, apart by which columns. */
export interface CubeQuestion {
  readonly column: string;
  readonly lines: SpendLines;
  readonly by: readonly string[];
}

/** One group of lines: its label in each column it is apart by, and its exact sums by day (since the epoch). */
export interface CubeGroup {
  readonly filter: LineFilter;
  readonly days: ReadonlyMap<number, bigint>;
}

/** Exact sums by group and day of the start of the charge period (UTC), as digits over one scale. */
export interface CostCube {
  readonly scale: number;
  readonly groups: readonly CubeGroup[];
  readonly group: (filter: LineFilter) => CubeGroup | undefined;
}

/** A charge period longer than this is no day of use (the same bound as of forecasts). */
const DAILY_MS = 25 * 3_600_000;

const CUBES = new WeakMap<BillTable, Map<string, CostCube>>();

/** The sums a question asks for; the same question of the same bill is answered once. */
export function costCube(bill: BillTable, question: CubeQuestion): CostCube {
  const by = question.by.toSorted();
  const key = JSON.stringify([question.column, question.lines, by]);
  const known = CUBES.get(bill) ?? new Map<string, CostCube>();
  CUBES.set(bill, known);
  const cube = known.get(key) ?? readCube(bill, { ...question, by });
  known.set(key, cube);
  return cube;
}

function readCube(bill: BillTable, { column, lines, by }: CubeQuestion): CostCube {
  const { mantissas, scale } = bill.decimals(column);
  const dimensions = by.map((name) => spendDimension(bill, name));
  const { startMs } = bill.periods();
  const counts = lines === 'all' ? () => true : dailyUsage(bill);
  const groups = new Map<string, { filter: LineFilter; days: Map<number, bigint> }>();
  for (let line = 0; line < bill.lines; line += 1) {
    if (!counts(line)) continue;
    const key = dimensions.map(({ codes }) => codes[line]).join(' ');
    let group = groups.get(key);
    if (group === undefined) {
      group = { filter: filterOf(by, dimensions, line), days: new Map() };
      groups.set(key, group);
    }
    const day = dayOf(startMs[line] ?? 0);
    group.days.set(day, (group.days.get(day) ?? 0n) + (mantissas[line] ?? 0n));
  }
  const named = new Map([...groups.values()].map((group) => [filterKey(by, group.filter), group]));
  return { scale, groups: [...named.values()], group: (filter) => named.get(filterKey(by, filter)) };
}

/** Whether a line is usage charged by the hour or the day, by line index. */
export function dailyUsage(bill: BillTable): (line: number) => boolean {
  const isUsage = linesOf(bill, { ChargeCategory: 'Usage' });
  const { startMs, endMs } = bill.periods();
  return (line) => isUsage(line) && (endMs[line] ?? 0) - (startMs[line] ?? 0) <= DAILY_MS;
}

const filterOf = (by: readonly string[], dimensions: readonly Dimension[], line: number): LineFilter =>
  Object.fromEntries(by.map((name, at) => [name, labelOf(dimensions[at], line)]));

const labelOf = (dimension: Dimension | undefined, line: number): string | null =>
  dimension?.labels[dimension.codes[line] ?? -1] ?? null;

const filterKey = (by: readonly string[], filter: LineFilter): string =>
  JSON.stringify(by.map((name) => filter[name] ?? null));
