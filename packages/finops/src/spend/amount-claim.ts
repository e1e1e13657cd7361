import { type Claim, type Figure, type JsonObject, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import type { LineFilter } from '../bill/bill-sums.ts';
import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { billCurrency } from '../bill/currency.ts';
import { shownLabel } from '../bill/label.ts';
import { displayFigure } from '../figures.ts';
import { groupAmounts } from './change.ts';
import { spanParam, spanText } from './compared-days.ts';
import { spendAmount } from './derivations.ts';
import type { Grouping } from './groupings.ts';
import type { DaySpan } from './judged-days.ts';

/** An amount to claim: BilledCost of the lines a filter lets through, over days. */
export interface AmountQuestion {
  readonly topic: string;
  readonly filter: LineFilter;
  /** Of what, for sentences. */
  readonly about: string;
  readonly span: DaySpan;
}

/** Invoices are made of it. */
const COLUMN = 'BilledCost';

/** Groups named in a sentence. */
const NAMED_GROUPS = 10;

const CONFIDENCE = '0.95';

/** What something cost: figure `amount`. */
export function amountClaim(cited: CitedBill, question: AmountQuestion): Claim {
  const amount = amountFigure(cited, question, 'amount', {});
  const statement = `${COLUMN} of ${question.about} is ${displayFigure(amount)} in ${spanText(question.span)}.`;
  return claimOf(cited, question.topic, statement, [amount]);
}

/**
 * What the groups of something cost, the dearest first, at most `count`; `undefined` when there is none.
 *
 * Figures `group.<n>`, `rest` for all others together, and `amount` for the whole: they add up to the cent.
 */
export function groupAmountClaim(
  cited: CitedBill,
  question: AmountQuestion,
  { grouping, count }: { readonly grouping: Grouping; readonly count: number },
): Claim | undefined {
  const by = grouping.column;
  const asked = { column: COLUMN, by, filter: question.filter, span: question.span };
  const groups = groupAmounts(billOf(cited.cited), asked);
  if (groups.length === 0) return undefined;
  const shown = groups.slice(0, count);
  const figures = shown.map(({ label }, at) =>
    amountFigure(cited, question, `group.${at + 1}`, { filter: { ...question.filter, [by]: label } }),
  );
  const except = shown.map(({ label }) => label);
  const rest = groups.length > shown.length ? [amountFigure(cited, question, 'rest', { by, except })] : [];
  const whole = amountFigure(cited, question, 'amount', {});
  const named = figures
    .slice(0, NAMED_GROUPS)
    .map((figure, at) => `${shownLabel(shown[at]?.label, grouping.none)} ${displayFigure(figure)}`);
  const more = groups.length - named.length;
  const tail = more > 0 ? `; and ${more} more` : '';
  const statement = `${COLUMN} of ${question.about} by ${grouping.one} in ${spanText(question.span)} is ${displayFigure(whole)}: ${named.join('; ')}${tail}.`;
  return claimOf(cited, `${question.topic}/${grouping.word}`, statement, [...figures, ...rest, whole]);
}

function amountFigure(cited: CitedBill, question: AmountQuestion, name: string, more: JsonObject): Figure {
  const unit = billCurrency(billOf(cited.cited));
  const params = { column: COLUMN, span: spanParam(question.span), filter: { ...question.filter }, ...more };
  return billFigure(cited, { name, unit, derivation: spendAmount, params });
}

function claimOf({ citations }: CitedBill, topic: string, statement: string, figures: Figure[]): Claim {
  return makeClaim({ topic, statement, figures, citations: [...citations], confidence: CONFIDENCE, role: 'budget' });
}
