import type { HistoryRow } from '@infrafabric/protocol';
import { type BillTable, COST_COLUMNS, type CostColumn } from '../bill/bill-table.ts';
import { dayOf, dayText } from '../bill/charge-instant.ts';
import { billCurrency } from '../bill/currency.ts';
import { formatScaled } from '../bill/decimal-column.ts';
import { paddedAccount } from '../bill/resource-join.ts';

/** The columns lines are told apart by, besides the day, as the history calls them. */
const GROUPS = [
  ['provider', 'ProviderName'],
  ['account', 'SubAccountId'],
  ['region', 'RegionId'],
  ['service', 'ServiceName'],
  ['category', 'ChargeCategory'],
] as const;

const AMOUNTS: Readonly<Record<CostColumn, string>> = {
  ListCost: 'list_cost',
  ContractedCost: 'contracted_cost',
  EffectiveCost: 'effective_cost',
  BilledCost: 'billed_cost',
};

/** What a bill charges by day, provider, account, region, service and charge category: the rows of `cost_metrics`, exact. */
export function dailyCosts(bill: BillTable): HistoryRow[] {
  const dimensions = GROUPS.map(([name, column]) => ({ name, ...bill.dimension(column) }));
  const groups = new Map<string, { readonly line: number; readonly day: number; readonly lines: number[] }>();
  for (const [line, start] of bill.periods().startMs.entries()) {
    const day = dayOf(start);
    const key = [day, ...dimensions.map(({ codes }) => codes[line])].join('|');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { line, day, lines: [line] });
    else group.lines.push(line);
  }
  const currency = billCurrency(bill);
  return [...groups.values()].map(({ line, day, lines }) => {
    const labels = dimensions.map(({ name, codes, labels: all }) => {
      const label = all[codes[line] ?? -1] ?? '';
      return [name, name === 'account' ? paddedAccount(label) : label] as const;
    });
    const amounts = COST_COLUMNS.map((column) => [AMOUNTS[column], sumOf(bill, column, lines)] as const);
    return { day: dayText(day), ...Object.fromEntries([...labels, ...amounts]), currency };
  });
}

function sumOf(bill: BillTable, column: CostColumn, lines: readonly number[]): string | null {
  if (!bill.has(column)) return null;
  const { mantissas, scale } = bill.decimals(column);
  return formatScaled(
    lines.reduce((sum, line) => sum + (mantissas[line] ?? 0n), 0n),
    scale,
  );
}
