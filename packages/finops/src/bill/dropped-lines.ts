import type { BillPart } from './bill-part.ts';
import { addScaled, cellNumber } from './exact.ts';
import { formatScaled, type ScaledDecimal } from './decimal-column.ts';
import { type CellOf, isAbsentCell } from './line-view.ts';
import { MERGED_COLUMNS } from './merged-columns.ts';

/** Lines of a bill that count for nothing, and what they would have come to. */
export interface DroppedLines {
  /** Lines that stand there more than once. */
  readonly repeated: number;
  /** Lines that are a share of another line: split cost allocation of machines over pods and tasks. */
  readonly split: number;
  /** BilledCost of both, exact, in the currencies of the bill added up as they stand. */
  readonly billed: string;
  /** The same by currency; `null` for lines without one. */
  readonly byCurrency: ReadonlyMap<string | null, ScaledDecimal>;
}

/**
 * Takes out lines that would count twice.
 *
 * A line repeats another when both are of a Cost and Usage Report and have the same line item id, time interval, account, start
 * and cost: the id alone does not say so, for it is unique within one delivery of one partition only (AWS CUR user guide,
 * `identity/LineItemId`). FOCUS has no such id, so nothing of it is taken out.
 */
export function withoutRepeats(parts: readonly BillPart[]): { parts: BillPart[]; dropped: DroppedLines } {
  const seen = new Set<string>();
  let [repeated, split] = [0, 0];
  const byCurrency = new Map<string | null, ScaledDecimal>();
  const left = parts.map((part) => {
    if (part.isSplit === undefined) return part;
    const identity = lineIdentity(part);
    const [cost, currency] = [part.view.cells('BilledCost'), part.view.cells('BillingCurrency')];
    const merged = part.view.cells(MERGED_COLUMNS.repeated);
    const count = part.view.cells(MERGED_COLUMNS.lines);
    const isRepeat = (line: number): boolean => {
      const id = identity(line);
      const isKnown = id !== undefined && seen.has(id);
      if (id !== undefined) seen.add(id);
      return isKnown || merged?.(line) === 'true';
    };
    const kept = part.kept.filter((line) => {
      const lines = Number(count?.(line) ?? 1);
      if (part.isSplit?.(line) === true) split += lines;
      else if (isRepeat(line)) repeated += lines;
      else return true;
      const label = presentLabel(currency?.(line) ?? '');
      byCurrency.set(label, addScaled(byCurrency.get(label) ?? NOTHING, cellNumber(cost?.(line) ?? '')));
      return false;
    });
    return { ...part, kept };
  });
  const billed = [...byCurrency.values()].reduce(addScaled, NOTHING);
  return { parts: left, dropped: { repeated, split, billed: formatScaled(billed.mantissa, billed.scale), byCurrency } };
}

const NOTHING: ScaledDecimal = { mantissa: 0n, scale: 0 };
const presentLabel = (cell: string): string | null => (isAbsentCell(cell) ? null : cell);

function lineIdentity({ table, view }: BillPart): (line: number) => string | undefined {
  const own = (name: string): CellOf | undefined => {
    const column = table.columns.find((one) => one === name || one === LEGACY[name]);
    return column === undefined ? undefined : view.cells(column);
  };
  const id = own('identity_line_item_id');
  const rest = [own('identity_time_interval'), ...SAME.map(view.cells)];
  if (id === undefined) return () => undefined;
  return (line) => (id(line) === '' ? undefined : [id(line), ...rest.map((cell) => cell?.(line) ?? '')].join('|'));
}

const SAME = ['SubAccountId', 'ChargePeriodStart', 'BilledCost'];

const LEGACY: Readonly<Record<string, string>> = {
  identity_line_item_id: 'identity/LineItemId',
  identity_time_interval: 'identity/TimeInterval',
};
