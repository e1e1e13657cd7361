import { type Derivation, defineDerivation } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { Decimal, formatDecimal } from '../money.ts';
import { billMonth } from './bill-month.ts';
import { daySum, sumIn, sumOf } from './bill-sums.ts';
import { type CostPart, monthlyCost, usageByResource } from './cost-facts.ts';
import { citedBill, filterParam, lineSetsParam, textParam } from './params.ts';
import { formatScaled } from './decimal-column.ts';
import { effectiveCostTrust } from './effective-cost-trust.ts';

/** The exact sum of `column` over the lines that `filter` lets through. Cites the whole bill. */
export const billSum = defineDerivation({
  package: 'finops',
  name: 'bill-sum',
  version: 1,
  compute: (cited, params) => sumOf(citedBill(cited), textParam(params, 'column'), filterParam(params)),
});

/** The exact sum of `column` over the lines that have one of the labels `in` lists for each of its columns. Cites the whole bill. */
export const billSumIn = defineDerivation({
  package: 'finops',
  name: 'bill-sum-in',
  version: 1,
  compute: (cited, params) => sumIn(citedBill(cited), textParam(params, 'column'), lineSetsParam(params)),
});

/** The exact sum of `column` over the lines whose charge period starts on `day` (UTC). Cites the whole bill. */
export const billDaySum = defineDerivation({
  package: 'finops',
  name: 'bill-day-sum',
  version: 1,
  compute: (cited, params) => daySum(citedBill(cited), textParam(params, 'column'), textParam(params, 'day')),
});

/** What `filter` costs in percent of the whole bill, half-even to two decimals. Cites the whole bill. */
export const billShare = defineDerivation({
  package: 'finops',
  name: 'bill-share',
  version: 1,
  compute: (cited, params) => {
    const bill = citedBill(cited);
    const column = textParam(params, 'column');
    const total = new Decimal(sumOf(bill, column, {}));
    if (total.isZero()) throw new FinopsError('TABLE_MALFORMED', { message: `expected a total of ${column}, got 0` });
    return formatDecimal(new Decimal(sumOf(bill, column, filterParam(params))).times(100).div(total), 2);
  },
});

/** How many lines of `provider` have BilledCost above 0 and EffectiveCost 0. Cites the whole bill. */
export const zeroedLineCount = defineDerivation({
  package: 'finops',
  name: 'bill-zeroed-line-count',
  version: 1,
  compute: (cited, params) => {
    const bill = citedBill(cited);
    const { provider = null } = params;
    const one = effectiveCostTrust(bill).find((trust) => trust.provider === provider);
    return String(one?.zeroed ?? 0);
  },
});

/**
 * A month of 30.44 days of one resource: `part` is `effective`, `on_demand` or `committed`, `column` the cost column.
 * `resource_id` is that of its cost facts. Cites the whole bill.
 */
export const resourceCost = defineDerivation({
  package: 'finops',
  name: 'resource-cost',
  version: 1,
  compute: (cited, params) => {
    const bill = citedBill(cited);
    const resourceId = textParam(params, 'resource_id');
    const lines = usageByResource(bill).get(resourceId);
    if (lines === undefined) {
      throw new FinopsError('CITED_VALUE_MISSING', { message: 'expected usage lines of the resource, got none' });
    }
    return monthlyCost(bill, lines, textParam(params, 'column'), costPart(textParam(params, 'part')));
  },
});

function costPart(text: string): CostPart {
  if (text === 'effective' || text === 'on_demand' || text === 'committed') return text;
  throw new FinopsError('CITED_VALUE_MISSING', { message: `expected a part of a cost, got ${text.slice(0, 40)}` });
}

/** BilledCost of the lines that count for nothing, repeats and shares of other lines, as they stand. Cites the whole bill. */
const droppedSum = defineDerivation({
  package: 'finops',
  name: 'bill-dropped-sum',
  version: 1,
  compute: (cited) => citedBill(cited).dropped.billed,
});

/**
 * BilledCost of the lines that count for nothing, repeats and shares of other lines: in USD when the bill comes with exchange
 * rates, else in its one currency. Cites the whole bill.
 */
export const leftOutSum = defineDerivation({
  package: 'finops',
  name: 'bill-dropped-sum',
  version: 2,
  compute: (cited) => {
    const { dropped, conversion } = citedBill(cited);
    if (conversion === undefined) return dropped.billed;
    const { mantissa, scale } = conversion.total(dropped.byCurrency);
    return formatScaled(mantissa, scale);
  },
});

/** How many lines count for nothing: `kind` is `repeated` or `split`. Cites the whole bill. */
export const droppedCount = defineDerivation({
  package: 'finops',
  name: 'bill-dropped-line-count',
  version: 1,
  compute: (cited, params) => {
    const { repeated, split } = citedBill(cited).dropped;
    return String(textParam(params, 'kind') === 'split' ? split : repeated);
  },
});

/** Every derivation over a bill that was ever published; never removed. */
export const BILL_DERIVATIONS: readonly Derivation[] = [
  billMonth,
  billSum,
  billSumIn,
  billDaySum,
  billShare,
  zeroedLineCount,
  resourceCost,
  droppedSum,
  leftOutSum,
  droppedCount,
];
