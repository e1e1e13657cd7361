import { isJsonObject, type JsonValue } from '@infrafabric/protocol';
import { FinopsError } from '../../errors.ts';
import { Decimal, formatDecimal } from '../../money.ts';

/** The parts of a performance history. */
export type PerformancePart = 'periods' | 'over' | 'worst-share';

/**
 * One part of a `BudgetPerformanceHistory` as AWS answers it; periods without both amounts are not told.
 *
 * @throws FinopsError `CITED_VALUE_MISSING` when no period is told.
 */
export function performancePart(history: JsonValue, part: PerformancePart): string {
  const shares = sharesOf(history);
  const worst = shares.toSorted((a, b) => b.comparedTo(a))[0];
  if (worst === undefined) {
    throw new FinopsError('CITED_VALUE_MISSING', { message: 'expected periods of a budget, got none' });
  }
  if (part === 'periods') return String(shares.length);
  return part === 'over' ? String(shares.filter((share) => share.greaterThan(100)).length) : formatDecimal(worst, 2);
}

/** Actual in percent of the budgeted amount, by period; empty for anything of another shape. */
export function sharesOf(history: JsonValue): Decimal[] {
  const periods = isJsonObject(history) ? history['BudgetedAndActualAmountsList'] : undefined;
  if (!Array.isArray(periods)) return [];
  return periods.flatMap((period) => {
    if (!isJsonObject(period)) return [];
    const [budgeted, actual] = [amountIn(period['BudgetedAmount']), amountIn(period['ActualAmount'])];
    return budgeted === undefined || actual === undefined || budgeted.lessThanOrEqualTo(0)
      ? []
      : [actual.times(100).div(budgeted)];
  });
}

function amountIn(value: JsonValue | undefined): Decimal | undefined {
  const amount = isJsonObject(value) ? value['Amount'] : undefined;
  return typeof amount === 'string' && /^-?\d{1,30}(\.\d{1,30})?$/.test(amount) ? new Decimal(amount) : undefined;
}
