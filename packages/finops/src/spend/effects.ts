import type { LineFilter } from '../bill/bill-sums.ts';
import type { BillTable } from '../bill/bill-table.ts';
import { Decimal } from '../money.ts';
import { cents, changeOf, type Compared, sumIn } from './change.ts';
import { costCube } from './cost-cube.ts';
import { usageColumn } from './spend-dimension.ts';

/** The parts a change of cost falls into. */
export const EFFECTS = ['quantity', 'price', 'started', 'ended', 'no_quantity'] as const;
/** One part of a change of cost. */
export type Effect = (typeof EFFECTS)[number];

/** The column quantities are read from. */
const QUANTITY = 'PricingQuantity';

/** Whether a bill says how much was used at all. */
export const hasQuantities = (bill: BillTable): boolean => bill.has(QUANTITY) && bill.has('PricingUnit');

/**
 * Splits the change of cost of the lines a filter lets through: the parts add up to it to the cent.
 *
 * Usage is told apart by service, account, region, usage type and unit. Of one that both spans have, `quantity` is the change of
 * quantity at the old cost per unit, and `price` the change of cost per unit on the new quantity, so that what both did together
 * counts as price; price is what was charged, with discounts, credits on it and coverage. `started` and `ended` are what only one
 * span has. `no_quantity` is what has no quantity: taxes, credits, fees, purchases.
 * Cents that rounding leaves over go to the largest part.
 */
export function effectsOf(bill: BillTable, compared: Compared, filter: LineFilter): Record<Effect, Decimal> {
  const exact = exactEffects(bill, compared, filter);
  const rounded = new Map(EFFECTS.map((effect) => [effect, cents(exact[effect])]));
  const sum = [...rounded.values()].reduce((a, b) => a.plus(b));
  const over = changeOf(bill, compared, filter).change.minus(sum);
  const largest = EFFECTS.reduce((a, b) => (exact[b].abs().greaterThan(exact[a].abs()) ? b : a));
  const of = (effect: Effect): Decimal => (rounded.get(effect) ?? ZERO).plus(effect === largest ? over : ZERO);
  return {
    quantity: of('quantity'),
    price: of('price'),
    started: of('started'),
    ended: of('ended'),
    no_quantity: of('no_quantity'),
  };
}

const ZERO = new Decimal(0);

function exactEffects(bill: BillTable, compared: Compared, filter: LineFilter): Record<Effect, Decimal> {
  const { column, lines, before, after } = compared;
  const by = meterColumns(bill, filter);
  const costs = costCube(bill, { column, lines, by });
  const quantities = costCube(bill, { column: QUANTITY, lines, by });
  const sums: Record<Effect, Decimal> = { quantity: ZERO, price: ZERO, started: ZERO, ended: ZERO, no_quantity: ZERO };
  const wanted = Object.entries(filter);
  for (const group of costs.groups) {
    if (!wanted.every(([name, label]) => group.filter[name] === label)) continue;
    const used = isMetered(group.filter) ? quantities.group(group.filter)?.days : undefined;
    const parts = meterEffects(
      { cost: sumIn(costs, group.days, before), quantity: sumIn(quantities, used, before) },
      { cost: sumIn(costs, group.days, after), quantity: sumIn(quantities, used, after) },
    );
    for (const [effect, amount] of parts) sums[effect] = sums[effect].plus(amount);
  }
  return sums;
}

function meterColumns(bill: BillTable, filter: LineFilter): string[] {
  const usage = usageColumn(bill);
  const columns = ['ServiceName', 'SubAccountId', 'RegionId', ...(usage === undefined ? [] : [usage])];
  return [...new Set([...columns.filter(bill.has), 'ChargeCategory', 'PricingUnit', ...Object.keys(filter)])];
}

const isMetered = (filter: LineFilter): boolean =>
  filter['ChargeCategory'] === 'Usage' && typeof filter['PricingUnit'] === 'string';

interface Metered {
  readonly cost: Decimal;
  readonly quantity: Decimal;
}

function meterEffects(before: Metered, after: Metered): [Effect, Decimal][] {
  const change = after.cost.minus(before.cost);
  if (before.quantity.isZero() && after.quantity.isZero()) return [['no_quantity', change]];
  if (before.quantity.isZero()) return [['started', change]];
  if (after.quantity.isZero()) return [['ended', change]];
  const quantity = after.quantity.minus(before.quantity).times(before.cost).div(before.quantity);
  return [
    ['quantity', quantity],
    ['price', change.minus(quantity)],
  ];
}
