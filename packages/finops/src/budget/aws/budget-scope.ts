import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import type { BillTable } from '../../bill/bill-table.ts';
import { effectiveCostTrust } from '../../bill/effective-cost-trust.ts';
import { linesIn } from '../../bill/bill-sums.ts';
import type { SpendScope } from '../daily-history.ts';
import { type FilterTerm, filterTerms } from './budget-filter.ts';

/** Which amounts of a bill a budget of AWS watches, or why nobody can say. */
export type BudgetScope = SpendScope | { readonly unknown: string };

/**
 * Finds what a budget watches in a bill: the amortised or unblended cost, or the quantity used, of the lines its filters and
 * cost types let through.
 *
 * Source: AWS Budgets API reference, types Budget, CostTypes and Expression, read 2026-11-20. Members that FOCUS cannot tell
 * apart make the scope unknown instead of wrong.
 */
export function budgetScope(bill: BillTable, budget: JsonObject, account: string | undefined): BudgetScope {
  const measure = measureOf(bill, budget);
  if ('unknown' in measure) return measure;
  const terms = [accountTerm(bill, account), filterTerms(bill, budget), costTypeTerms(bill, budget['CostTypes'])];
  const unknown = terms.find((one) => 'unknown' in one);
  if (unknown !== undefined && 'unknown' in unknown) return unknown;
  const all = terms.flatMap((one) => ('terms' in one ? one.terms : []));
  const tests = all.map(({ column, labels, isExcluded }) => {
    const isIn = linesIn(bill, { [column]: labels });
    return (line: number): boolean => isIn(line) !== isExcluded;
  });
  return { column: measure.column, lets: (line) => tests.every((test) => test(line)) };
}

type Terms = { readonly terms: readonly FilterTerm[] } | { readonly unknown: string };

function measureOf(bill: BillTable, budget: JsonObject): { readonly column: string } | { readonly unknown: string } {
  if (budget['BudgetType'] === 'USAGE') {
    return bill.has('ConsumedQuantity')
      ? { column: 'ConsumedQuantity' }
      : { unknown: 'the bill has no column ConsumedQuantity' };
  }
  const costTypes = isJsonObject(budget['CostTypes']) ? budget['CostTypes'] : {};
  const metrics = Array.isArray(budget['Metrics']) ? budget['Metrics'] : [];
  if (costTypes['UseBlended'] === true || metrics.some((one) => one === 'BlendedCost'))
    return { unknown: 'it watches blended cost, which FOCUS does not have' };
  if (metrics.some((one) => typeof one === 'string' && one.startsWith('Net')))
    return { unknown: 'it watches net cost, which the bill does not tell from cost' };
  const isAmortized = costTypes['UseAmortized'] === true || metrics.some((one) => one === 'AmortizedCost');
  if (!isAmortized) return { column: 'BilledCost' };
  return effectiveCostTrust(bill).every((one) => one.believed)
    ? { column: 'EffectiveCost' }
    : { unknown: 'it watches amortised cost, and the EffectiveCost of the bill is not believed' };
}

/** A budget of the payer watches all its accounts, one of another account that account alone. */
function accountTerm(bill: BillTable, account: string | undefined): Terms {
  if (account === undefined || bill.dimension('BillingAccountId').codeOf.has(account)) return { terms: [] };
  if (bill.dimension('SubAccountId').codeOf.has(account))
    return { terms: [{ column: 'SubAccountId', labels: [account], isExcluded: false }] };
  return { unknown: `the bill has no charge of account ${account}` };
}

/** What each cost type leaves out when it is false, as FOCUS ChargeCategory; the others FOCUS does not tell apart. */
const LEFT_OUT = { IncludeTax: 'Tax', IncludeCredit: 'Credit' } as const;

const NOT_TOLD_APART = [
  'IncludeRefund',
  'IncludeSubscription',
  'IncludeUpfront',
  'IncludeRecurring',
  'IncludeOtherSubscription',
  'IncludeSupport',
  'IncludeDiscount',
] as const;

function costTypeTerms(bill: BillTable, costTypes: JsonValue | undefined): Terms {
  if (!isJsonObject(costTypes)) return { terms: [] };
  const odd = NOT_TOLD_APART.find((name) => costTypes[name] === false);
  const kinds = bill.dimension('ChargeCategory').codeOf;
  const isPlain = ['Purchase', 'Adjustment'].every((kind) => !kinds.has(kind)) && odd !== 'IncludeSupport';
  if (odd !== undefined && !isPlain)
    return { unknown: `it leaves out ${odd.slice('Include'.length)}, which FOCUS does not tell apart` };
  const labels = Object.entries(LEFT_OUT).flatMap(([name, kind]) => (costTypes[name] === false ? [kind] : []));
  return { terms: labels.length === 0 ? [] : [{ column: 'ChargeCategory', labels, isExcluded: true }] };
}
