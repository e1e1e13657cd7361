import {
  type Cited,
  type Derivation,
  type JsonObject,
  type JsonValue,
  defineDerivation,
  isJsonObject,
} from '@infrafabric/protocol';
import { billOf } from '../../bill/bill-table.ts';
import { dayText } from '../../bill/charge-instant.ts';
import { textParam } from '../../bill/params.ts';
import { FinopsError } from '../../errors.ts';
import { type Decimal, formatDecimal, formatUsd, isCsvTable } from '../../money.ts';
import { amountOf, breachPart, known } from '../derivations.ts';
import { type PerformancePart, performancePart } from './budget-performance.ts';
import { type BudgetStanding, budgetStanding } from './budget-standing.ts';

/** The parts of a budget's standing. */
export type StandingPart =
  | 'limit'
  | 'aws-actual'
  | 'aws-forecast'
  | 'actual'
  | 'difference'
  | 'expected'
  | 'low'
  | 'high'
  | 'share'
  | 'probability'
  | 'breach-day';

/**
 * One `part` of how a budget of AWS stands on `as_of`: `difference` is actual by the bill minus actual by AWS, `share` what is
 * expected (by AWS where the bill cannot say) in percent of the limit, `probability` that of ending above it in percent,
 * `breach-day` a date as the number YYYYMMDD. Cites the whole bill, if there is one, then the budget as AWS described it;
 * `budget` repeats its name, `account` says whose it is.
 */
export const awsBudgetStanding = defineDerivation({
  package: 'finops',
  name: 'aws-budget-standing',
  version: 1,
  compute: (cited, params) => partOf(citedStanding(cited, params), textParam(params, 'part')),
});

/**
 * What the performance history of a budget says: `part` is `periods` (told), `over` (of them above their limit) or `worst-share`
 * (percent of its limit). Cites `BudgetPerformanceHistory` as AWS answered it.
 */
export const awsBudgetPerformance = defineDerivation({
  package: 'finops',
  name: 'aws-budget-performance',
  version: 1,
  compute: ([history], params) => {
    const parts: readonly PerformancePart[] = ['periods', 'over', 'worst-share'];
    const part = parts.find((one) => one === textParam(params, 'part'));
    if (part === undefined || history === undefined || isCsvTable(history))
      throw missing('a part of a performance history');
    return performancePart(history, part);
  },
});

/** Every derivation about budgets of AWS that was ever published; never removed. */
export const AWS_BUDGET_DERIVATIONS: readonly Derivation[] = [awsBudgetStanding, awsBudgetPerformance];

function citedStanding(cited: readonly Cited[], params: JsonObject): BudgetStanding {
  const item = cited.at(-1);
  const files = cited.slice(0, -1);
  if (item === undefined || isCsvTable(item) || !isNamed(item, textParam(params, 'budget')))
    throw missing('that budget');
  const { account } = params;
  const standing = budgetStanding(files.length === 0 ? undefined : billOf(files), item, {
    asOf: textParam(params, 'as_of'),
    account: typeof account === 'string' ? account : undefined,
  });
  if (typeof standing === 'string') throw missing('a budget that can be compared');
  return standing;
}

const isNamed = (item: JsonValue, name: string): boolean => isJsonObject(item) && item['BudgetName'] === name;

function partOf({ budget, end }: BudgetStanding, part: string): string {
  const amount = amountFormat(budget.type);
  if (part === 'limit') return amount(budget.limit);
  if (part === 'aws-actual') return amount(known(budget.actual, part));
  if (part === 'aws-forecast') return amount(known(budget.forecast, part));
  if (part === 'share' && end === undefined) {
    const expected = known(budget.forecast ?? budget.actual, part);
    return formatDecimal(expected.times(100).div(budget.limit), 2);
  }
  const period = known(end, part);
  if (part === 'actual') return amount(period.spent);
  if (part === 'difference') return amount(period.spent.minus(known(budget.actual, part)));
  if (part === 'share') return formatDecimal(period.expected.times(100).div(budget.limit), 2);
  if (part === 'probability') return breachPart(period, budget.limit, part);
  if (part === 'breach-day') return dayText(Number(breachPart(period, budget.limit, part))).replaceAll('-', '');
  return amount(amountOf(period, part));
}

/** Cost in cents, usage with up to three decimals. */
export const amountFormat =
  (type: 'COST' | 'USAGE') =>
  (value: Decimal): string =>
    type === 'COST' ? formatUsd(value) : formatDecimal(value, 3);

function missing(what: string): FinopsError {
  return new FinopsError('CITED_VALUE_MISSING', { message: `expected ${what}, got something else` });
}
