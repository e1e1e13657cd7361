import { type Claim, defineDerivation, makeClaim } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { fillStatement } from '../figures.ts';
import { DAYS_PER_MONTH, Decimal } from '../money.ts';
import { billFigure } from './bill-figure.ts';
import { linesOf, sumOf } from './bill-sums.ts';
import { type BillTable, billOf } from './bill-table.ts';
import { DAY_MS } from './charge-instant.ts';
import type { CitedBill } from './cited-bill.ts';
import type { EffectiveCostTrust } from './effective-cost-trust.ts';
import { citedBill, textParam } from './params.ts';

/** The topic of the claim that says what the bill comes to a month. */
export const BILL_MONTH_TOPIC = 'bill/month';

/**
 * What the usage lines of a bill come to a month of 30.44 days, half-even to twelve decimals: the sum of `column` over the
 * days (UTC) their charge periods touch. Purchases, taxes, credits and adjustments are not usage. Cites the whole bill.
 */
export const billMonth = defineDerivation({
  package: 'finops',
  name: 'bill-month',
  version: 1,
  compute: (cited, params) => {
    const bill = citedBill(cited);
    const days = usageDays(bill);
    if (days === 0) throw new FinopsError('TABLE_MALFORMED', { message: 'expected a bill with usage lines, got none' });
    const usage = new Decimal(sumOf(bill, textParam(params, 'column'), { ChargeCategory: 'Usage' }));
    return usage.times(DAYS_PER_MONTH).div(days).toDecimalPlaces(12, Decimal.ROUND_HALF_EVEN).toFixed();
  },
});

/** What usage comes to a month, on the basis savings stand on: what a saving is a share of. None for a bill without usage. */
export function billMonthClaim(lines: CitedBill, unit: string, trust: readonly EffectiveCostTrust[]): Claim[] {
  if (usageDays(billOf(lines.cited)) === 0) return [];
  const column = trust.every((one) => one.believed) ? 'EffectiveCost' : 'BilledCost';
  const figures = [
    billFigure(lines, { name: 'month', unit: `${unit}/month`, derivation: billMonth, params: { column } }),
  ];
  return [
    makeClaim({
      topic: BILL_MONTH_TOPIC,
      statement: fillStatement(`The usage on the bill comes to {month} by ${column}, scaled to 30.44 days.`, figures),
      figures,
      citations: [...lines.citations],
      confidence: '0.95',
      role: 'collector',
    }),
  ];
}

/** How many days (UTC) the usage lines touch, each day once. */
function usageDays(bill: BillTable): number {
  const isUsage = linesOf(bill, { ChargeCategory: 'Usage' });
  const { startMs, endMs } = bill.periods();
  const days = new Set<number>();
  for (let line = 0; line < bill.lines; line += 1) {
    if (!isUsage(line)) continue;
    const first = Math.floor((startMs[line] ?? 0) / DAY_MS);
    const next = Math.max(first + 1, Math.ceil((endMs[line] ?? 0) / DAY_MS));
    for (let day = first; day < next && days.size < MOST_DAYS; day += 1) days.add(day);
  }
  return days.size;
}

/** No bill is longer than this many days: a charge period that ends in a thousand years is a mistake. */
const MOST_DAYS = 3660;
