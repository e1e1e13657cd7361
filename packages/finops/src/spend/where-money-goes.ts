import type { Claim } from '@infrafabric/protocol';
import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { shownLabel } from '../bill/label.ts';
import { groupChanges } from './change.ts';
import { type ChangeQuestion, groupChangeClaim, totalChangeClaim } from './change-claim.ts';
import { type ComparedDays, coveredDays, fullMonths, lastDays, monthAgainstLast } from './compared-days.ts';
import { courseColumn } from './cost-basis.ts';
import { fastestClaim } from './fastest-claim.ts';
import { GROUPING_WORDS, type Grouping, groupingOf } from './groupings.ts';
import { type DaySpan, judgedDays } from './judged-days.ts';

/** Services whose change is told apart further. */
const DRIVERS = 3;

/** Claims about the course of spend, and what cannot be said about it, with what that takes. */
export interface Course {
  readonly claims: readonly Claim[];
  readonly unsaid: readonly string[];
}

/**
 * How spend changes: the last two whole months, the month that runs against the same days of the one before, and the last 7 and 30
 * days against as many before.
 *
 * Months are compared by BilledCost of all lines, as invoices are; days by the course of usage, see `courseColumn`.
 */
export function whereMoneyGoes(cited: CitedBill, asOf: string): Course {
  const bill = billOf(cited.cited);
  const covered = coveredDays(bill, asOf);
  const parts = [
    ...(covered === undefined ? [] : [monthCourse(cited, covered)]),
    ...[7, 30].map((days) => trendCourse(cited, judgedDays(bill, asOf), days)),
  ];
  return { claims: parts.flatMap(({ claims }) => claims), unsaid: parts.flatMap(({ unsaid }) => unsaid) };
}

function monthCourse(cited: CitedBill, covered: DaySpan): Course {
  const full = fullMonths(covered).at(-1);
  const whole = full === undefined ? undefined : monthAgainstLast(covered, full.first);
  const running = monthAgainstLast(covered, covered.last);
  const claims = [
    ...(whole?.kind === 'months' ? comparisonClaims(cited, 'change/month', whole) : []),
    ...(running?.kind === 'same-days' ? comparisonClaims(cited, 'change/month-so-far', running) : []),
  ];
  const months = whole?.kind === 'months' ? [] : ['one whole month against another (takes two in a row)'];
  const sameDays = claims.length === 0 ? ['a month so far against the one before (takes the same days of it)'] : [];
  return { claims, unsaid: [...months, ...sameDays] };
}

function comparisonClaims(cited: CitedBill, topic: string, days: ComparedDays): Claim[] {
  const question: ChangeQuestion = {
    ...days,
    topic,
    column: 'BilledCost',
    lines: 'all',
    filter: {},
    about: 'the bill',
  };
  return [
    totalChangeClaim(cited, question),
    ...groupClaims(cited, question, GROUPING_WORDS),
    ...(topic === 'change/month' ? driverClaims(cited, question) : []),
  ];
}

/** One claim for each way to tell a comparison apart that the bill allows. */
export function groupClaims(cited: CitedBill, question: ChangeQuestion, words: readonly Grouping['word'][]): Claim[] {
  const bill = billOf(cited.cited);
  return words.flatMap((word) => {
    const grouping = groupingOf(bill, word);
    const claim = grouping === undefined ? undefined : groupChangeClaim(cited, question, grouping);
    return claim === undefined ? [] : [claim];
  });
}

/** What drives the services that changed most: price, quantity, and where. */
function driverClaims(cited: CitedBill, question: ChangeQuestion): Claim[] {
  const bill = billOf(cited.cited);
  if (!bill.has('ServiceName')) return [];
  return groupChanges(bill, question, 'ServiceName', {})
    .filter(({ change }) => !change.isZero())
    .slice(0, DRIVERS)
    .flatMap(({ label }, at) => {
      const about = shownLabel(label, 'lines without ServiceName');
      const inside = { ...question, topic: `change/driver/${at + 1}`, filter: { ServiceName: label }, about };
      return [
        totalChangeClaim(cited, inside),
        ...groupClaims(cited, inside, ['usage-type', 'account', 'region', 'resource']),
      ];
    });
}

function trendCourse(cited: CitedBill, judged: DaySpan | undefined, days: number): Course {
  const compared = judged === undefined ? undefined : lastDays(judged, days);
  if (compared === undefined) return { claims: [], unsaid: [`the trend of ${days} days (takes ${2 * days})`] };
  const question: ChangeQuestion = {
    ...compared,
    topic: `trend/${days}-days`,
    column: courseColumn(billOf(cited.cited)),
    lines: 'daily-usage',
    filter: {},
    about: 'usage by the hour and day',
  };
  const services = groupingOf(billOf(cited.cited), 'service');
  const fastest = services === undefined ? undefined : fastestClaim(cited, question, services);
  return {
    claims: [
      totalChangeClaim(cited, question),
      ...groupClaims(cited, question, ['service']),
      ...(fastest === undefined ? [] : [fastest]),
    ],
    unsaid: [],
  };
}
