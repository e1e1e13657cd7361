import { type Claim, type Figure, type JsonObject, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import type { LineFilter } from '../bill/bill-sums.ts';
import { type BillTable, billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { billCurrency } from '../bill/currency.ts';
import { shownLabel } from '../bill/label.ts';
import { displayFigure } from '../figures.ts';
import { Decimal } from '../money.ts';
import { changeOf, type Compared, groupChanges } from './change.ts';
import { type ComparedDays, spanText } from './compared-days.ts';
import { comparedParams, spendChange, spendEffect } from './derivations.ts';
import { EFFECTS, hasQuantities } from './effects.ts';
import type { Grouping } from './groupings.ts';

/** A comparison to claim something about: `about` says of what, for sentences; no filter is the whole bill. */
export interface ChangeQuestion extends Compared {
  readonly topic: string;
  readonly kind: ComparedDays['kind'];
  readonly filter: LineFilter;
  readonly about: string;
}

/** Groups with figures of their own; what is left is one more. */
const SHOWN_GROUPS = 10;
/** Groups named in a sentence. */
const NAMED_GROUPS = 4;

/** Sums of the bill's own lines: one source says so. */
const CONFIDENCE = '0.95';

/**
 * How the whole of a comparison changed, and what of it is quantity, price, started, ended and without quantity.
 *
 * Figures `before`, `after`, `change`, `percent` (unless nothing was spent before) and one for each effect.
 */
export function totalChangeClaim(cited: CitedBill, question: ChangeQuestion): Claim {
  const bill = billOf(cited.cited);
  const figures = changeFigures(cited, question, '', {});
  const effects = hasQuantities(bill) ? effectFigures(cited, question) : [];
  const split = effects
    .filter((figure) => !new Decimal(figure.value).isZero())
    .map(
      (figure) =>
        `${figure.name.replace('effect.', '').replace('no_quantity', 'without quantity')} ${displayFigure(figure)}`,
    );
  const unsplit = `${column(question)} has no quantities here, so it is not split into price and quantity`;
  const parts = hasQuantities(bill) ? (split.length === 0 ? '' : `; of it ${split.join(', ')}`) : `; ${unsplit}`;
  return claimOf(cited, question.topic, `${changeText(question, figures)}${parts}.`, [...figures, ...effects]);
}

/**
 * How the groups of a comparison changed, the largest change first; `undefined` when there is none.
 *
 * Figures `group.<n>.before|after|change`, `rest.*` for all other groups together, and `total.*`: they add up to the cent.
 */
export function groupChangeClaim(cited: CitedBill, question: ChangeQuestion, grouping: Grouping): Claim | undefined {
  const bill = billOf(cited.cited);
  const groups = groupChanges(bill, question, grouping.column, question.filter);
  if (groups.length === 0) return undefined;
  const shown = groups.slice(0, SHOWN_GROUPS);
  const by = grouping.column;
  const figures = shown.flatMap(({ label }, at) =>
    changeFigures(cited, question, `group.${at + 1}.`, { filter: { ...question.filter, [by]: label } }),
  );
  const except = shown.map(({ label }) => label);
  const rest = groups.length > shown.length ? changeFigures(cited, question, 'rest.', { by, except }) : [];
  const named = shown.slice(0, NAMED_GROUPS).map(({ label }, at) => groupText(label, grouping, figures, at + 1));
  const more = groups.length - named.length;
  const statement = `${column(question)} of ${question.about} by ${grouping.one}, ${spansText(question)}: ${named.join('; ')}${
    more > 0 ? `; and ${more} more` : ''
  }.`;
  const all = [...figures, ...rest, ...changeFigures(cited, question, 'total.', {})];
  return claimOf(cited, `${question.topic}/${grouping.word}`, statement, all);
}

/** `2026-09 against 2026-10`. */
export const spansText = ({ before, after }: Pick<Compared, 'before' | 'after'>): string =>
  `${spanText(after)} against ${spanText(before)}`;

const column = (question: ChangeQuestion): string => question.column;

function groupText(label: string | null, { none }: Grouping, figures: readonly Figure[], at: number): string {
  const shown = (part: string): string => {
    const figure = figures.find(({ name }) => name === `group.${at}.${part}`);
    return figure === undefined ? '' : displayFigure(figure);
  };
  return `${shownLabel(label, none)} by ${shown('change')} to ${shown('after')}`;
}

function changeText(question: ChangeQuestion, figures: readonly Figure[]): string {
  const shown = (part: string): string => {
    const figure = figures.find(({ name }) => name === part);
    return figure === undefined ? '' : displayFigure(figure);
  };
  const percent = shown('percent') === '' ? 'nothing was spent before' : shown('percent');
  const about = `${column(question)} of ${question.about}`;
  return `${about} is ${shown('after')} in ${spanText(question.after)} and was ${shown('before')} in ${spanText(question.before)}: a change of ${shown('change')} (${percent})`;
}

/** `before`, `after` and `change` of a comparison, and `percent` where a whole is meant and something was spent before. */
function changeFigures(cited: CitedBill, question: ChangeQuestion, prefix: string, more: JsonObject): Figure[] {
  const bill: BillTable = billOf(cited.cited);
  const unit = billCurrency(bill);
  const params = { ...comparedParams(question), filter: { ...question.filter }, ...more };
  const amounts = (['before', 'after', 'change'] as const).map((part) =>
    billFigure(cited, { name: `${prefix}${part}`, unit, derivation: spendChange, params: { ...params, part } }),
  );
  if (prefix !== '' || changeOf(bill, question, question.filter).before.isZero()) return amounts;
  const percent = { name: 'percent', unit: '%', derivation: spendChange, params: { ...params, part: 'percent' } };
  return [...amounts, billFigure(cited, percent)];
}

function effectFigures(cited: CitedBill, question: ChangeQuestion): Figure[] {
  const unit = billCurrency(billOf(cited.cited));
  return EFFECTS.map((effect) => {
    const params = { ...comparedParams(question), filter: { ...question.filter }, part: effect };
    return billFigure(cited, { name: `effect.${effect}`, unit, derivation: spendEffect, params });
  });
}

function claimOf({ citations }: CitedBill, topic: string, statement: string, figures: Figure[]): Claim {
  return makeClaim({ topic, statement, figures, citations: [...citations], confidence: CONFIDENCE, role: 'budget' });
}
