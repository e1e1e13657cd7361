import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import { dayOf, monthOf } from '../../bill/charge-instant.ts';
import { Decimal, parseDecimal } from '../../money.ts';
import type { Period } from '../daily-history.ts';

/** A budget as AWS describes it, on one day. */
export interface AwsBudget {
  readonly name: string;
  readonly type: 'COST' | 'USAGE';
  readonly timeUnit: TimeUnit;
  /** The period that holds the day, in days since the epoch. */
  readonly period: Period;
  readonly limit: Decimal;
  readonly unit: string;
  readonly actual: Decimal | undefined;
  readonly forecast: Decimal | undefined;
  /** The day AWS last changed it, in days since the epoch. */
  readonly updated: number | undefined;
}

/** How many months a period has; periods begin with the calendar year. Source: AWS Cost Management user guide, "Creating a cost budget", read 2026-11-20. */
const MONTHS = { MONTHLY: 1, QUARTERLY: 3, ANNUALLY: 12 } as const;
type TimeUnit = keyof typeof MONTHS;

/**
 * Reads one item of `DescribeBudgets`; a text says why it is not compared.
 *
 * Source: AWS Budgets API reference, type Budget, read 2026-11-20.
 */
export function readAwsBudget(item: JsonValue, asOf: string): AwsBudget | string {
  if (!isJsonObject(item)) return 'it is not described';
  const { BudgetName: name, BudgetType: type, TimeUnit: unit } = item;
  const today = dayOf(Date.parse(asOf));
  if (typeof name !== 'string') return 'it has no name';
  if (type !== 'COST' && type !== 'USAGE') return `budgets of ${wordOf(type)} are not compared`;
  const timeUnit = timeUnitOf(unit);
  if (timeUnit === undefined) return `budgets for a ${wordOf(unit)} period are not compared`;
  if (!isInEffect(item['TimePeriod'], today)) return `it is not in effect on ${asOf}`;
  const period = periodOf(today, timeUnit);
  const limit = amountIn(item['BudgetLimit']) ?? plannedLimit(item['PlannedBudgetLimits'], period);
  if (limit === undefined || limit.amount.lessThanOrEqualTo(0)) return 'it has no limit above 0';
  return { name, type, timeUnit, period, limit: limit.amount, unit: limit.unit, ...saidOf(item) };
}

/** What AWS says of the period so far. */
function saidOf(item: JsonObject): Pick<AwsBudget, 'actual' | 'forecast' | 'updated'> {
  const spend = isJsonObject(item['CalculatedSpend']) ? item['CalculatedSpend'] : {};
  return {
    actual: amountIn(spend['ActualSpend'])?.amount,
    forecast: amountIn(spend['ForecastedSpend'])?.amount,
    updated: dayIn(item['LastUpdatedTime']),
  };
}

const wordOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value.slice(0, 40).toWellFormed() : 'unknown';

const timeUnitOf = (value: JsonValue | undefined): TimeUnit | undefined =>
  value === 'MONTHLY' || value === 'QUARTERLY' || value === 'ANNUALLY' ? value : undefined;

function periodOf(today: number, timeUnit: TimeUnit): Period {
  const months = MONTHS[timeUnit];
  const month = new Date(today * 86_400_000).getUTCMonth();
  let { first } = monthOf(today);
  for (let back = month % months; back > 0; back -= 1) first = monthOf(first - 1).first;
  let next = first;
  for (let ahead = 0; ahead < months; ahead += 1) next = monthOf(next).next;
  return { first, next };
}

function isInEffect(period: JsonValue | undefined, today: number): boolean {
  if (!isJsonObject(period)) return true;
  const [start, end] = [dayIn(period['Start']), dayIn(period['End'])];
  return (start === undefined || start <= today) && (end === undefined || today < end);
}

/** The limit planned for a period, by the second it starts. */
function plannedLimit(planned: JsonValue | undefined, { first, next }: Period): ReturnType<typeof amountIn> {
  if (!isJsonObject(planned)) return undefined;
  const [, limit] =
    Object.entries(planned).find(([second]) => {
      const day = dayOf(Number(second) * 1000);
      return day >= first && day < next;
    }) ?? [];
  return amountIn(limit);
}

function amountIn(value: JsonValue | undefined): { readonly amount: Decimal; readonly unit: string } | undefined {
  if (!isJsonObject(value)) return undefined;
  const { Amount: amount, Unit: unit } = value;
  if (typeof amount !== 'string' || !/^-?\d{1,30}(\.\d{1,30})?$/.test(amount)) return undefined;
  return { amount: parseDecimal(new Decimal(amount).toFixed()), unit: wordOf(unit) };
}

/** A day of an AWS answer: ISO 8601 as the SDK and the newer CLI write it, or seconds since the epoch. */
function dayIn(value: JsonValue | undefined): number | undefined {
  const ms = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : dayOf(ms);
}
