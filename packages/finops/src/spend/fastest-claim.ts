import { type Claim, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { shownLabel } from '../bill/label.ts';
import { displayFigure } from '../figures.ts';
import type { Decimal } from '../money.ts';
import { type GroupChange, groupChanges } from './change.ts';
import { type ChangeQuestion, spansText } from './change-claim.ts';
import { comparedParams, spendChange } from './derivations.ts';
import type { Grouping } from './groupings.ts';

/** Groups named. */
const NAMED = 5;

/** A group that cost less than this a day before says nothing by its percentage. */
const LEAST_A_DAY = 1;

const share = ({ change, before }: GroupChange): Decimal => change.div(before);

/**
 * What grows fastest in percent of what it cost before, of all that cost 1 USD a day or more; `undefined` when nothing grows.
 *
 * Figures `group.<n>.percent`, in order.
 */
export function fastestClaim(cited: CitedBill, question: ChangeQuestion, grouping: Grouping): Claim | undefined {
  const days = question.before.last - question.before.first + 1;
  const growing = groupChanges(billOf(cited.cited), question, grouping.column, question.filter)
    .filter(({ before, change }) => before.greaterThanOrEqualTo(LEAST_A_DAY * days) && change.greaterThan(0))
    .toSorted((a, b) => share(b).comparedTo(share(a)))
    .slice(0, NAMED);
  if (growing.length === 0) return undefined;
  const figures = growing.map(({ label }, at) => {
    const filter = { ...question.filter, [grouping.column]: label };
    const params = { ...comparedParams(question), filter, part: 'percent' };
    return billFigure(cited, { name: `group.${at + 1}.percent`, unit: '%', derivation: spendChange, params });
  });
  const named = figures.map(
    (figure, at) => `${shownLabel(growing[at]?.label, grouping.none)} ${displayFigure(figure)}`,
  );
  const statement = `Of ${grouping.many} that cost something every day, these grow fastest, ${spansText(question)}: ${named.join('; ')}.`;
  return makeClaim({
    topic: question.topic.replace('trend/', 'trend/fastest/'),
    statement,
    figures,
    citations: [...cited.citations],
    confidence: '0.95',
    role: 'budget',
  });
}
