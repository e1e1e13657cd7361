import type { DecimalString } from '@infrafabric/protocol';
import type { BillTable } from './bill-table.ts';
import { dayOf, dayText } from './charge-instant.ts';
import { formatScaled } from './decimal-column.ts';

/** Which lines count: every named column equals its label; `null` = the cell is absent. No column = every line. */
export type LineFilter = Readonly<Record<string, string | null>>;

/** Which lines count: every named column has one of its labels; `null` = the cell is absent. */
export type LineSets = Readonly<Record<string, readonly (string | null)[]>>;

/** A group of lines and what they cost, exactly. */
export interface GroupSum<Label> {
  readonly label: Label;
  readonly value: DecimalString;
  readonly mantissa: bigint;
}

/** The exact sum of a numeric column over the lines a filter lets through. */
export function sumOf(bill: BillTable, column: string, filter: LineFilter): DecimalString {
  const { mantissas, scale } = bill.decimals(column);
  const lets = linesOf(bill, filter);
  let total = 0n;
  for (let line = 0; line < bill.lines; line += 1) {
    if (lets(line)) total += mantissas[line] ?? 0n;
  }
  return formatScaled(total, scale);
}

/** Whether a line passes a filter, by line index. */
export function linesOf(bill: BillTable, filter: LineFilter): (line: number) => boolean {
  const tests = Object.entries(filter).map(([column, label]) => {
    const { codes, codeOf } = bill.dimension(column);
    return { codes, code: codeOf.get(label) ?? -1 };
  });
  return (line) => tests.every(({ codes, code }) => codes[line] === code);
}

/** The exact sum of a numeric column over the lines whose every named column has one of its labels. */
export function sumIn(bill: BillTable, column: string, sets: LineSets): DecimalString {
  const { mantissas, scale } = bill.decimals(column);
  const lets = linesIn(bill, sets);
  let total = 0n;
  for (let line = 0; line < bill.lines; line += 1) {
    if (lets(line)) total += mantissas[line] ?? 0n;
  }
  return formatScaled(total, scale);
}

/** Whether a line has one of the labels in every named column, by line index. */
export function linesIn(bill: BillTable, sets: LineSets): (line: number) => boolean {
  const tests = Object.entries(sets).map(([column, labels]) => {
    const { codes, codeOf } = bill.dimension(column);
    return { codes, wanted: new Set(labels.map((label) => codeOf.get(label) ?? -1)) };
  });
  return (line) => tests.every(({ codes, wanted }) => wanted.has(codes[line] ?? -1));
}

/** What each group of a column costs: dearest first, then by name, the group without a name last among equals. */
export function groupSums(bill: BillTable, column: string, dimension: string): GroupSum<string | null>[] {
  const { mantissas, scale } = bill.decimals(column);
  const { codes, labels } = bill.dimension(dimension);
  const totals = labels.map(() => 0n);
  for (const [line, code] of codes.entries()) totals[code] = (totals[code] ?? 0n) + (mantissas[line] ?? 0n);
  return labels
    .map((label, code) => ({ label, mantissa: totals[code] ?? 0n, value: formatScaled(totals[code] ?? 0n, scale) }))
    .sort((a, b) => byMantissaDescending(a, b) || byLabel(a.label, b.label));
}

function byMantissaDescending(a: { readonly mantissa: bigint }, b: { readonly mantissa: bigint }): number {
  if (a.mantissa === b.mantissa) return 0;
  return a.mantissa > b.mantissa ? -1 : 1;
}

function byLabel(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** What the lines whose charge period starts on a day (UTC) cost, day by day in order; days without lines are left out. */
export function daySums(bill: BillTable, column: string): readonly GroupSum<string>[] {
  const known = DAYS.get(bill) ?? new Map<string, readonly GroupSum<string>[]>();
  DAYS.set(bill, known);
  const sums = known.get(column) ?? readDaySums(bill, column);
  known.set(column, sums);
  return sums;
}

const DAYS = new WeakMap<BillTable, Map<string, readonly GroupSum<string>[]>>();

function readDaySums(bill: BillTable, column: string): readonly GroupSum<string>[] {
  const { mantissas, scale } = bill.decimals(column);
  const totals = new Map<number, bigint>();
  for (const [line, ms] of bill.periods().startMs.entries()) {
    const day = dayOf(ms);
    totals.set(day, (totals.get(day) ?? 0n) + (mantissas[line] ?? 0n));
  }
  return [...totals]
    .sort(([a], [b]) => a - b)
    .map(([day, mantissa]) => ({ label: dayText(day), mantissa, value: formatScaled(mantissa, scale) }));
}

/** What the lines whose charge period starts on a day (`YYYY-MM-DD`, UTC) cost, exactly; 0 when there are none. */
export function daySum(bill: BillTable, column: string, day: string): DecimalString {
  return daySums(bill, column).find((one) => one.label === day)?.value ?? '0.00';
}
