import { linesOf } from '../bill/bill-sums.ts';
import type { BillTable, CostColumn } from '../bill/bill-table.ts';
import type { DecimalColumn } from '../bill/decimal-column.ts';
import { billedResourceId } from '../bill/resource-join.ts';
import { Decimal, formatDecimal } from '../money.ts';
import type { CommitmentUsage, Run, UsageItem } from './usage.ts';
import { type LineWords, onDemandKey } from './what-runs.ts';

const HOUR_MS = 3_600_000;

/** At most so many days, the last of the bill, count. Source: the longest look-back of AWS's purchase recommendations, Cost Explorer `LookbackPeriodInDays` SIXTY_DAYS, read 2026-11-20. */
export const LOOK_BACK_DAYS = 60;

/**
 * What of a bill ran on demand and could be covered by a commitment, hour by hour; `undefined` when it says nothing of the kind.
 *
 * Counts usage priced `Standard`, not paid by a commitment, whose unit is an hour. A line over several hours is spread over them
 * evenly. `column` is the cost that is believed.
 */
export function readUsage(bill: BillTable, column: CostColumn): CommitmentUsage | undefined {
  if (!bill.has('PricingQuantity')) return undefined;
  const lines = eligibleLines(bill).map((one) => ({ ...one, span: spanOf(bill, one.line) }));
  if (lines.length === 0) return undefined;
  const { first, end, longest } = extentOf(lines.map((one) => one.span));
  const amounts = { quantity: bill.decimals('PricingQuantity'), cost: bill.decimals(column) };
  const items = [...Map.groupBy(lines, ({ key, resource = '' }) => `${key} ${resource}`).values()].flatMap((same) => {
    const segments = same.map(({ line, span: [from, to] }): Segment => {
      const each = ({ mantissas, scale }: DecimalColumn): Decimal =>
        new Decimal((mantissas[line] ?? 0n).toString()).div(new Decimal(10).pow(scale)).div(to - from);
      return { from: from - first, to: to - first, quantity: each(amounts.quantity), cost: each(amounts.cost) };
    });
    return itemOf(same[0], runsOf(segments));
  });
  return {
    from: new Date(first * HOUR_MS).toISOString(),
    hours: end - first,
    precision: longest <= 1 ? 'hour' : longest <= 24 ? 'day' : 'longer',
    items: items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  };
}

/** The hours since 1970 a line is about, the end exclusive; at least one. */
function spanOf(bill: BillTable, line: number): readonly [from: number, to: number] {
  const { startMs, endMs } = bill.periods();
  const from = Math.floor((startMs[line] ?? 0) / HOUR_MS);
  return [from, Math.max(from + 1, Math.ceil((endMs[line] ?? 0) / HOUR_MS))];
}

/** From where to where lines reach, no more than the look-back, and the longest of them. */
function extentOf(spans: readonly (readonly [number, number])[]): { first: number; end: number; longest: number } {
  let [first, end, longest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const [from, to] of spans) {
    first = Math.min(first, from);
    end = Math.max(end, to);
    longest = Math.max(longest, to - from);
  }
  return { first: Math.max(first, end - LOOK_BACK_DAYS * 24), end, longest };
}

const nameOf = ({ key, resource_id: id = '' }: UsageItem): string => `${key} ${id}`;

interface EligibleLine {
  readonly line: number;
  readonly key: string;
  readonly resource: string | undefined;
}

function eligibleLines(bill: BillTable): EligibleLine[] {
  const isOpen = linesOf(bill, {
    ChargeCategory: 'Usage',
    PricingCategory: 'Standard',
    CommitmentDiscountStatus: null,
  });
  const [unit, resource] = [labelOf(bill, 'PricingUnit'), labelOf(bill, 'ResourceId')];
  const wordsOf = wordsReader(bill);
  const known = new Map<string, string | undefined>();
  return Array.from({ length: bill.lines }, (_, line) => line).flatMap((line) => {
    if (!isOpen(line) || !/^h(ou)?rs?$/i.test(unit(line) ?? '')) return [];
    const words = wordsOf(line);
    const text = Object.values(words).join('\u0000');
    if (!known.has(text)) known.set(text, onDemandKey(words));
    const key = known.get(text);
    const id = resource(line);
    return key === undefined ? [] : [{ line, key, resource: id === null ? undefined : billedResourceId(id) }];
  });
}

function wordsReader(bill: BillTable): (line: number) => LineWords {
  const [region, usageType] = [labelOf(bill, 'RegionId'), labelOf(bill, 'x_UsageType')];
  const [operation, description] = [labelOf(bill, 'x_Operation'), labelOf(bill, 'ChargeDescription')];
  return (line) => ({
    region: region(line) ?? '',
    usageType: usageType(line) ?? '',
    operation: operation(line) ?? '',
    description: description(line) ?? '',
  });
}

function labelOf(bill: BillTable, column: string): (line: number) => string | null {
  const { codes, labels } = bill.dimension(column);
  return (line) => labels[codes[line] ?? -1] ?? null;
}

function itemOf(of: EligibleLine | undefined, runs: readonly Run[]): UsageItem[] {
  if (of === undefined || runs.length === 0) return [];
  return [{ key: of.key, ...(of.resource === undefined ? {} : { resource_id: of.resource }), runs }];
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly quantity: Decimal;
  readonly cost: Decimal;
}

/** Segments as runs that do not overlap: what stands in one hour adds up, equal neighbours are one. Hours before 0 are left out. */
function runsOf(segments: readonly Segment[]): Run[] {
  const edges = [...new Set(segments.flatMap(({ from, to }) => [Math.max(0, from), Math.max(0, to)]))].toSorted(
    (a, b) => a - b,
  );
  const sorted = segments.toSorted((a, b) => a.from - b.from);
  const runs: [number, number, string, string][] = [];
  let open: Segment[] = [];
  let next = 0;
  for (const [at, from] of edges.slice(0, -1).entries()) {
    const to = edges[at + 1] ?? from;
    for (; next < sorted.length && (sorted[next]?.from ?? 0) <= from; next += 1)
      open.push(...sorted.slice(next, next + 1));
    open = open.filter((one) => one.to > from);
    if (open.length === 0) continue;
    const total = (of: 'quantity' | 'cost'): string =>
      formatDecimal(
        open.reduce((sum, one) => sum.plus(one[of]), new Decimal(0)),
        9,
      );
    const [quantity, cost] = [total('quantity'), total('cost')];
    const last = runs.at(-1);
    const continues = last !== undefined && last[0] + last[1] === from && last[2] === quantity && last[3] === cost;
    if (continues) last[1] += to - from;
    else runs.push([from, to - from, quantity, cost]);
  }
  return runs;
}
