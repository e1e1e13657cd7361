import type { Claim } from '@infrafabric/protocol';
import type { LineFilter } from '../../bill/bill-sums.ts';
import { type BillTable, billOf } from '../../bill/bill-table.ts';
import { dayOf, monthOf } from '../../bill/charge-instant.ts';
import type { CitedBill } from '../../bill/cited-bill.ts';
import { shownLabel } from '../../bill/label.ts';
import { paddedAccount } from '../../bill/resource-join.ts';
import type { SpendResult } from '../../budget/account-spend.ts';
import { findService } from '../../services/service-lookup.ts';
import { amountClaim, groupAmountClaim } from '../amount-claim.ts';
import { groupChangeClaim, totalChangeClaim } from '../change-claim.ts';
import { type ComparedDays, coveredDays, lastDays, monthAgainstLast, fullMonths, spanText } from '../compared-days.ts';
import { courseColumn } from '../cost-basis.ts';
import { costCube } from '../cost-cube.ts';
import { type Grouping, groupingOf } from '../groupings.ts';
import { type DaySpan, judgedDays } from '../judged-days.ts';
import { type Route, routeQuestion } from './route.ts';

/** Groups of an answer that asks for no number of them. */
const GROUPS = 10;

/** What an answer is made from. */
interface Asked {
  readonly cited: CitedBill;
  readonly bill: BillTable;
  readonly route: Route;
  readonly covered: DaySpan;
  readonly judged: DaySpan | undefined;
  readonly filter: LineFilter;
  readonly about: string;
}

/**
 * The claims a question needs besides those every bill gets, as `answer/...`: what something cost, how it changed, its trend.
 *
 * What the bill cannot answer is a note `QUESTION_UNANSWERED` with the reason. Other questions need no claims of their own.
 */
export function answerClaims(cited: CitedBill, question: string, asOf: string): SpendResult {
  const route = routeQuestion(question, asOf);
  const answer = route.intent === undefined ? undefined : ANSWERS[route.intent];
  if (answer === undefined) return { claims: [], notes: [] };
  const bill = billOf(cited.cited);
  const covered = coveredDays(bill, asOf);
  const scope = scopeOf(bill, route, question.toLowerCase());
  if (typeof scope === 'string') return unanswered(scope);
  if (covered === undefined) return unanswered('the bill has no complete day');
  const answered = answer({ cited, bill, route, covered, judged: judgedDays(bill, asOf), ...scope });
  return typeof answered === 'string' ? unanswered(answered) : { claims: answered, notes: [] };
}

type Answer = (asked: Asked) => Claim[] | string;

const ANSWERS: Partial<Record<NonNullable<Route['intent']>, Answer>> = {
  change: (asked) =>
    changeAnswer(
      asked,
      asked.route.service === undefined
        ? ['service', 'usage-type', 'account', 'region']
        : ['usage-type', 'account', 'region', 'resource'],
    ),
  movers: (asked) => changeAnswer(asked, [asked.route.by ?? 'service']),
  trend: trendAnswer,
  total: (asked) => amountAnswer(asked, asked.route.by === undefined ? [] : [asked.route.by]),
  breakdown: (asked) =>
    amountAnswer(asked, [asked.route.by ?? (asked.route.service === undefined ? 'service' : 'usage-type')]),
  top: (asked) => amountAnswer(asked, [asked.route.by ?? (asked.route.service === undefined ? 'service' : 'resource')]),
};

const unanswered = (reason: string): SpendResult => ({
  claims: [],
  notes: [{ code: 'QUESTION_UNANSWERED', detail: `The question has no answer in this bill: ${reason}.` }],
});

/**
 * The lines a question is about and what they are called, or why there are none.
 *
 * A service the catalogue does not know and an account are also found by the names the bill has for them.
 */
function scopeOf(
  bill: BillTable,
  { service, region, account, tag }: Route,
  question: string,
): { filter: LineFilter; about: string } | string {
  const named = (column: string): string | undefined =>
    labelIn(question, bill.has(column) ? bill.dimension(column).labels : []);
  const ownService = service === undefined ? named('ServiceName') : undefined;
  const ownAccount = account === undefined ? named('SubAccountName') : undefined;
  const wanted = [
    { column: 'ServiceName', text: service, is: (label: string) => findService(label)?.key === service },
    { column: 'ServiceName', text: ownService, is: (label: string) => label === ownService },
    { column: 'RegionId', text: region, is: (label: string) => label === region },
    { column: 'SubAccountId', text: account, is: (label: string) => paddedAccount(label) === account },
    { column: 'SubAccountName', text: ownAccount, is: (label: string) => label === ownAccount },
    { column: `tag:${tag?.key}`, text: tag?.value, is: (label: string) => label === tag?.value },
  ].filter(({ text }) => text !== undefined);
  const found = wanted.map(({ column, text, is }) => ({ column, text, label: dearestLabel(bill, column, is) }));
  const missing = found.find(({ label }) => label === undefined);
  if (missing !== undefined) return `no line of it has ${missing.text?.slice(0, 60)} as its ${missing.column}`;
  const labels = found.map(({ column, label }) => [column, label ?? null] as const);
  const about = labels.map(([, label]) => shownLabel(label, '')).join(', ');
  return { filter: Object.fromEntries(labels), about: about === '' ? 'the bill' : about };
}

/** Names shorter than this stand in questions by chance. */
const SHORTEST_NAME = 4;

/** The longest of some labels that stands in a question in lower case as whole words. */
function labelIn(question: string, labels: readonly (string | null)[]): string | undefined {
  const words = ` ${question.replaceAll(/[?!.,;:'"]/g, ' ')} `;
  return labels
    .filter((label): label is string => label !== null && label.length >= SHORTEST_NAME)
    .filter((label) => words.includes(` ${label.toLowerCase()} `))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** The label that most is billed under, of those that fit. */
function dearestLabel(bill: BillTable, column: string, fits: (label: string) => boolean): string | undefined {
  const { groups } = costCube(bill, { column: 'BilledCost', lines: 'all', by: [column] });
  return groups
    .flatMap(({ filter, days }) => {
      const label = filter[column];
      const sum = [...days.values()].reduce((total, one) => total + one, 0n);
      return typeof label === 'string' && fits(label) ? [{ label, sum }] : [];
    })
    .sort((a, b) => Number(b.sum > a.sum) - Number(b.sum < a.sum))[0]?.label;
}

function changeAnswer(asked: Asked, words: readonly Grouping['word'][]): Claim[] | string {
  const days = monthsAsked(asked);
  if (typeof days === 'string') return days;
  const { cited, filter, about } = asked;
  const question = { ...days, topic: 'answer/change', column: 'BilledCost', lines: 'all', filter, about } as const;
  const by = asked.route.by === undefined || words.includes(asked.route.by) ? words : [asked.route.by, ...words];
  return [
    totalChangeClaim(cited, question),
    ...groupings(asked, by).flatMap((grouping) => groupChangeClaim(cited, question, grouping) ?? []),
  ];
}

/** The month asked for against the one before; without one the last whole month that can be compared, else the one that runs. */
function monthsAsked({ route, covered }: Asked): ComparedDays | string {
  const whole = fullMonths(covered)
    .toReversed()
    .map(({ first }) => monthAgainstLast(covered, first));
  const day = route.month === undefined ? undefined : dayOf(Date.parse(`${route.month}-01`));
  const days =
    day === undefined
      ? (whole.find((one) => one?.kind === 'months') ?? monthAgainstLast(covered, covered.last))
      : monthAgainstLast(covered, day);
  const month = route.month ?? 'its last month';
  return days ?? `it covers ${spanText(covered)}, so ${month} has no month before it to be compared with`;
}

function trendAnswer(asked: Asked): Claim[] | string {
  const { cited, bill, filter, about, judged } = asked;
  const claims = [7, 30].flatMap((days) => {
    const compared = judged === undefined ? undefined : lastDays(judged, days);
    if (compared === undefined) return [];
    const column = courseColumn(bill);
    const question = {
      ...compared,
      topic: `answer/trend-${days}`,
      column,
      lines: 'daily-usage',
      filter,
      about,
    } as const;
    const by = asked.route.by ?? (asked.route.service === undefined ? 'service' : 'usage-type');
    return [
      totalChangeClaim(cited, question),
      ...groupings(asked, [by]).flatMap((grouping) => groupChangeClaim(cited, question, grouping) ?? []),
    ];
  });
  return claims.length === 0 ? 'a trend of 7 days takes 14 complete days of usage' : claims;
}

function amountAnswer(asked: Asked, words: readonly Grouping['word'][]): Claim[] | string {
  const { cited, route, covered, filter, about } = asked;
  const span = route.month === undefined ? covered : monthWithin(covered, route.month);
  if (span === undefined) return `it covers ${spanText(covered)}, and nothing of ${route.month}`;
  const question = { topic: 'answer/amount', filter, about, span };
  const count = route.count ?? GROUPS;
  const grouped = groupings(asked, words).flatMap(
    (grouping) => groupAmountClaim(cited, question, { grouping, count }) ?? [],
  );
  return grouped.length === 0 ? [amountClaim(cited, question)] : grouped;
}

function monthWithin(covered: DaySpan, text: string): DaySpan | undefined {
  const month = monthOf(dayOf(Date.parse(`${text}-01`)));
  const span = { first: Math.max(month.first, covered.first), last: Math.min(month.next - 1, covered.last) };
  return span.first <= span.last ? span : undefined;
}

const groupings = ({ bill, route }: Asked, words: readonly Grouping['word'][]): Grouping[] =>
  words.flatMap((word) => groupingOf(bill, word, route.tag?.key) ?? []);
