import { type Citation, type Claim, type Figure, isJsonObject, type JsonValue, makeClaim } from '@infrafabric/protocol';
import { billOf } from '../../bill/bill-table.ts';
import { dayText } from '../../bill/charge-instant.ts';
import type { CitedBill } from '../../bill/cited-bill.ts';
import { shownLabel } from '../../bill/label.ts';
import { displayFigure } from '../../figures.ts';
import type { SpendResult } from '../account-spend.ts';
import { lastDayOf } from '../daily-history.ts';
import { type PeriodEnd, breachDay, breachProbability } from '../period-end.ts';
import type { AwsBudget } from './aws-budget.ts';
import { type StandingPart, awsBudgetPerformance, awsBudgetStanding } from './budget-derivations.ts';
import { sharesOf } from './budget-performance.ts';
import { type BudgetStanding, budgetStanding } from './budget-standing.ts';

/** Something AWS answered about a budget, and where it stands. */
export interface BudgetAnswer {
  readonly item: JsonValue;
  readonly citation: Citation;
  /** Whose budget it is, 12 digits, when the answer's place says it. */
  readonly account?: string | undefined;
}

/** Budgets one report compares; the others are counted. Source: own choice, AWS gives an account 20,000. */
const MAX_BUDGETS = 200;

/**
 * How every budget of AWS stands by the bill beside what AWS says, one claim each; what cannot be compared is a note that says
 * why. `cited` is absent when there is no bill: then AWS alone speaks.
 */
export function awsBudgetResult(
  cited: CitedBill | undefined,
  budgets: readonly BudgetAnswer[],
  asOf: string,
): SpendResult {
  const sorted = budgets.toSorted((a, b) => (nameOf(a.item) < nameOf(b.item) ? -1 : 1));
  const parts = sorted.slice(0, MAX_BUDGETS).map((answer) => standingResult(cited, answer, asOf));
  const more = sorted.length - MAX_BUDGETS;
  const rest =
    more > 0 ? [note('a budget', `${more} budgets of AWS are not compared: a report compares ${MAX_BUDGETS}`)] : [];
  return { claims: parts.flatMap(({ claims }) => claims), notes: [...parts.flatMap(({ notes }) => notes), ...rest] };
}

/** How often each budget was kept in the past, by AWS's own account; histories without a period say nothing. */
export function awsPerformanceResult(histories: readonly BudgetAnswer[]): SpendResult {
  return { claims: histories.flatMap(performanceClaim), notes: [] };
}

const nameOf = (item: JsonValue): string => {
  const name = isJsonObject(item) ? item['BudgetName'] : undefined;
  return typeof name === 'string' ? name : '';
};

const note = (name: string, why: string): SpendResult['notes'][number] => ({
  code: 'BUDGET_UNKNOWN',
  detail:
    why.startsWith('it') || why.startsWith('the') || why.startsWith('there') ? `Budget ${name}: ${why}.` : `${why}.`,
});

function standingResult(cited: CitedBill | undefined, answer: BudgetAnswer, asOf: string): SpendResult {
  const { item, account } = answer;
  const bill = cited === undefined ? undefined : billOf(cited.cited);
  const standing = budgetStanding(bill, item, { asOf, account });
  const name = shownLabel(nameOf(item), '');
  if (typeof standing === 'string') return { claims: [], notes: [note(name, standing)] };
  const sources = standing.end === undefined ? undefined : cited;
  const citations = [...(sources?.citations ?? []), answer.citation];
  const figures = partsOf(standing).map(([figure, part, unit]): Figure => {
    const params = { as_of: asOf, part, budget: standing.budget.name, ...(account === undefined ? {} : { account }) };
    const value = awsBudgetStanding.compute([...(sources?.cited ?? []), item], params);
    return { name: figure, value, unit, derivation: { id: awsBudgetStanding.id, params }, citations };
  });
  const claim = makeClaim({
    topic: 'budget/aws',
    statement: statementOf(standing, name, figures),
    figures,
    citations,
    confidence: standing.end?.bounds === undefined ? '0.50' : '0.80',
    role: 'budget',
  });
  return { claims: [claim], notes: standing.unknown === undefined ? [] : [note(name, standing.unknown)] };
}

type Part = readonly [name: string, part: StandingPart, unit: string];

function partsOf({ budget, end }: BudgetStanding): Part[] {
  const { unit, actual, forecast } = budget;
  const parts: readonly (Part | false)[] = [
    ['limit', 'limit', unit],
    actual !== undefined && ['aws_actual', 'aws-actual', unit],
    forecast !== undefined && ['aws_forecast', 'aws-forecast', unit],
    ...(end === undefined ? [] : billedParts(budget, end)),
    (end !== undefined || actual !== undefined || forecast !== undefined) && ['share', 'share', '%'],
  ];
  return parts.filter((part) => part !== false);
}

function billedParts({ unit, actual, limit }: AwsBudget, end: PeriodEnd): (Part | false)[] {
  const isBounded = end.bounds !== undefined;
  return [
    ['actual', 'actual', unit],
    actual !== undefined && ['difference', 'difference', unit],
    ['expected', 'expected', unit],
    isBounded && ['low', 'low', unit],
    isBounded && ['high', 'high', unit],
    breachProbability(end, limit) !== undefined && ['probability', 'probability', '%'],
    breachDay(end, limit) !== undefined && ['breach_day', 'breach-day', 'YYYYMMDD'],
  ];
}

function statementOf({ budget, end }: BudgetStanding, name: string, figures: readonly Figure[]): string {
  const { period, timeUnit, type } = budget;
  const say: Say = (figure, before = '', after = '') => {
    const found = figures.find((one) => one.name === figure);
    return found === undefined ? '' : `${before}${displayFigure(found)}${after}`;
  };
  const days = `${dayText(period.first)} to ${dayText(period.next - 1)}`;
  const updated = budget.updated === undefined ? '' : ` (updated ${dayText(budget.updated)})`;
  const aws = say('aws_actual', 'AWS says ', updated);
  const head = `Budget ${name} (${type}, ${timeUnit}, ${days}) has a limit of ${say('limit')}.`;
  if (end === undefined)
    return aws === '' ? head : `${head} ${aws}${say('aws_forecast', ' and expects ')}; the bill cannot say.`;
  return `${head} ${billedText(end, budget, aws, say)}`;
}

/** A figure in words around it; nothing when there is no such figure. */
type Say = (figure: string, before?: string, after?: string) => string;

function billedText(end: PeriodEnd, { limit }: AwsBudget, aws: string, say: Say): string {
  const until = dayText(lastDayOf(end.history));
  const difference = say('difference', `; ${aws}, a difference of `);
  const range = say('low', ', 80 % interval ') + say('high', ' to ');
  const chance = say('probability', ', above the limit with a probability of ');
  const day = breachDay(end, limit);
  const breach = day === undefined ? '' : `; the limit is passed on ${dayText(day)}`;
  return `The bill has ${say('actual')} up to ${until}${difference}. It is expected to end at ${say('expected')}${range}${chance}${breach}.`;
}

function performanceClaim({ item, citation }: BudgetAnswer): Claim[] {
  const shares = sharesOf(item);
  if (shares.length === 0) return [];
  const figures = PERFORMANCE.map(([name, part, unit]): Figure => {
    const params = { part };
    const value = awsBudgetPerformance.compute([item], params);
    return { name, value, unit, derivation: { id: awsBudgetPerformance.id, params }, citations: [citation] };
  });
  const [periods, over, worst] = figures.map(displayFigure);
  const statement = `Budget ${shownLabel(nameOf(item), '')} was passed in ${over} of ${periods} periods; the worst reached ${worst} of its limit.`;
  const proof = { figures, citations: [citation], confidence: '0.95' };
  return [makeClaim({ topic: 'budget/performance', statement, ...proof, role: 'budget' })];
}

const PERFORMANCE = [
  ['periods', 'periods', 'count'],
  ['over', 'over', 'count'],
  ['worst_share', 'worst-share', '%'],
] as const;
