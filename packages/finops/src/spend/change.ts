import type { LineFilter } from '../bill/bill-sums.ts';
import type { BillTable } from '../bill/bill-table.ts';
import { formatScaled } from '../bill/decimal-column.ts';
import { Decimal } from '../money.ts';
import { costCube, type CostCube, type SpendLines } from './cost-cube.ts';
import type { DaySpan } from './judged-days.ts';

/** What is compared: a cost column over some lines, in two spans of days. */
export interface Compared {
  readonly column: string;
  readonly lines: SpendLines;
  readonly before: DaySpan;
  readonly after: DaySpan;
}

/** What something cost before and after in cents, and the difference of the two. */
export interface Change {
  readonly before: Decimal;
  readonly after: Decimal;
  readonly change: Decimal;
}

/** A group of lines and how its cost changed. */
export interface GroupChange extends Change {
  readonly label: string | null;
}

/** How the cost of the lines a filter lets through changed; amounts are in cents, so that they add up as they are shown. */
export function changeOf(bill: BillTable, compared: Compared, filter: LineFilter): Change {
  const { column, lines, before, after } = compared;
  const cube = costCube(bill, { column, lines, by: Object.keys(filter) });
  const group = cube.group(filter);
  return changeBetween(sumIn(cube, group?.days, before), sumIn(cube, group?.days, after));
}

/** How the cost of each group of a column changed within a filter, the largest change first. */
export function groupChanges(bill: BillTable, compared: Compared, by: string, filter: LineFilter): GroupChange[] {
  const { column, lines, before, after } = compared;
  const cube = costCube(bill, { column, lines, by: [...new Set([...Object.keys(filter), by])] });
  const wanted = Object.entries(filter);
  return cube.groups
    .filter((group) => wanted.every(([name, label]) => group.filter[name] === label))
    .map((group) => ({
      label: group.filter[by] ?? null,
      ...changeBetween(sumIn(cube, group.days, before), sumIn(cube, group.days, after)),
    }))
    .filter((group) => !group.before.isZero() || !group.after.isZero())
    .sort((a, b) => b.change.abs().comparedTo(a.change.abs()) || b.after.comparedTo(a.after) || byName(a, b));
}

/** A group of lines and what it cost, in cents. */
export interface GroupAmount {
  readonly label: string | null;
  readonly amount: Decimal;
}

/** What each group of a column cost within a filter and days, the dearest first. */
export function groupAmounts(
  bill: BillTable,
  {
    column,
    by,
    filter,
    span,
  }: { readonly column: string; readonly by: string; readonly filter: LineFilter; readonly span: DaySpan },
): GroupAmount[] {
  return groupChanges(bill, { column, lines: 'all', before: span, after: span }, by, filter)
    .map(({ label, after }) => ({ label, amount: after }))
    .sort((a, b) => b.amount.comparedTo(a.amount));
}

/** What is left of a whole without some of its groups. */
export function restOf(whole: Change, groups: readonly Change[]): Change {
  const less = (part: keyof Change): Decimal => groups.reduce((rest, group) => rest.minus(group[part]), whole[part]);
  return { before: less('before'), after: less('after'), change: less('change') };
}

/** The exact sum of a group over a span of days. */
export function sumIn({ scale }: CostCube, days: ReadonlyMap<number, bigint> | undefined, span: DaySpan): Decimal {
  let total = 0n;
  for (const [day, mantissa] of days ?? []) if (day >= span.first && day <= span.last) total += mantissa;
  return new Decimal(formatScaled(total, scale));
}

/** Rounds to cents, half-even, as money becomes a figure. */
export const cents = (amount: Decimal): Decimal => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);

function changeBetween(exactBefore: Decimal, exactAfter: Decimal): Change {
  const [before, after] = [cents(exactBefore), cents(exactAfter)];
  return { before, after, change: after.minus(before) };
}

function byName(a: GroupChange, b: GroupChange): number {
  if (a.label === b.label) return 0;
  if (a.label === null || b.label === null) return a.label === null ? 1 : -1;
  return a.label < b.label ? -1 : 1;
}
