import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import type { BillTable } from '../../bill/bill-table.ts';
import { billCurrency } from '../../bill/currency.ts';
import type { SpendScope } from '../daily-history.ts';
import { type PeriodEnd, periodEnd } from '../period-end.ts';
import { type AwsBudget, readAwsBudget } from './aws-budget.ts';
import { budgetScope } from './budget-scope.ts';

/** A budget of AWS beside the bill; `end` is absent, with a reason, where the bill cannot say how it stands. */
export interface BudgetStanding {
  readonly budget: AwsBudget;
  readonly end?: PeriodEnd;
  readonly unknown?: string;
}

/** Whose budget is compared, and on which day. */
export interface StandingQuestion {
  readonly asOf: string;
  readonly account?: string | undefined;
}

/** Compares a budget with a bill; a text says why it is not looked at at all. Made once for all figures. */
export function budgetStanding(
  bill: BillTable | undefined,
  item: JsonValue,
  question: StandingQuestion,
): BudgetStanding | string {
  if (!isJsonObject(item)) return 'it is not described';
  const known = KNOWN.get(item) ?? [];
  KNOWN.set(item, known);
  const seen = known.find((one) => one.bill === bill && one.asOf === question.asOf && one.account === question.account);
  if (seen !== undefined) return seen.standing;
  const standing = makeStanding(bill, item, question);
  known.push({ bill, asOf: question.asOf, account: question.account, standing });
  return standing;
}

const KNOWN = new WeakMap<
  JsonObject,
  {
    readonly bill: BillTable | undefined;
    readonly asOf: string;
    readonly account: string | undefined;
    readonly standing: BudgetStanding | string;
  }[]
>();

function makeStanding(
  bill: BillTable | undefined,
  item: JsonObject,
  { asOf, account }: StandingQuestion,
): BudgetStanding | string {
  const budget = readAwsBudget(item, asOf);
  if (typeof budget === 'string') return budget;
  if (bill === undefined) return { budget, unknown: 'there is no bill' };
  const scope = budgetScope(bill, item, account);
  if ('unknown' in scope) return { budget, unknown: scope.unknown };
  const unit = unitOf(bill, budget, scope);
  if (unit !== budget.unit) return { budget, unknown: `its limit is in ${budget.unit} and the bill in ${unit}` };
  const end = periodEnd(bill, { ...scope, asOf, period: budget.period });
  if (end === undefined)
    return { budget, unknown: 'the bill has no complete day of its period, or the end is too far ahead' };
  if (end.history.firstDay > budget.period.first) return { budget, unknown: 'the bill begins after its period began' };
  return { budget, end };
}

/** The unit of a budget's amounts in a bill, in the budget's own spelling where they are the same. */
function unitOf(bill: BillTable, budget: AwsBudget, { lets = () => true }: SpendScope): string {
  if (budget.type === 'COST') return billCurrency(bill);
  const { codes, labels } = bill.dimension('ConsumedUnit');
  const used = new Set<string>();
  for (const [line, code] of codes.entries()) if (lets(line)) used.add(labels[code] ?? 'lines without a unit');
  const units = [...used].filter((unit) => unit !== 'lines without a unit');
  const [only, ...more] = units;
  if (only === undefined || more.length > 0) return units.length === 0 ? 'no unit' : 'several units';
  return plainUnit(only) === plainUnit(budget.unit) ? budget.unit : only.slice(0, 40).toWellFormed();
}

/** Units as bills and budgets spell them: `Hrs` is `Hours`. */
const plainUnit = (unit: string): string =>
  unit
    .toLowerCase()
    .replace(/^hrs?$/, 'hour')
    .replace(/s$/, '');
