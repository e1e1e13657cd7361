import type { Commitments } from '../../model-commitments.ts';
import { commitmentLead, heldText, optionName, unknownText } from '../commitment-words.ts';
import { figureDetails } from './figures.ts';
import { cell, counted, foreign, grouped, section } from './markup.ts';
import type { View } from './view.ts';

/** Purchases with a row of their own; report.json has all. */
const SHOWN = 100;

/** What to commit to once all other advice is followed. */
export function commitmentsSection(view: View): string {
  const { commitments } = view.report;
  if (commitments === undefined) return '';
  const all = commitments.options.flatMap((option) => option.purchases.map((one) => row(option, one, view)));
  const more = all.length - SHOWN;
  const held = heldText({ held: commitments.held, claims: view.report.claims });
  const unknown = unknownText(commitments.unknown);
  const body = [
    `<p class="lead soft">${foreign(commitmentLead(commitments, view.report))}</p>`,
    held.length === 0 ? '' : `<ul>${held.map((text) => `<li>${foreign(text)}</li>`).join('')}</ul>`,
    all.length === 0
      ? ''
      : `<table class="stack" data-sort><thead><tr>${HEADS}</tr></thead><tbody>${all.slice(0, SHOWN).join('\n')}</tbody></table>`,
    more > 0 ? `<p class="lead">And ${counted(more, 'more', 'more')}: see report.json.</p>` : '',
    unknown === '' ? '' : `<p class="soft">${foreign(unknown)}</p>`,
  ].join('');
  return section('commitments', 'Commitments', 'after all other advice', body);
}

const NUMBERS = ['Commitment', 'Saves USD/month', 'Used', 'Break-even month', 'At 20 % less use', 'Confidence'];
const HEADS = `<th scope="col">Purchase</th>${NUMBERS.map((name) => `<th class="num" scope="col">${name}</th>`).join('')}`;

type Option = Commitments['options'][number];

function row(option: Option, one: Option['purchases'][number], view: View): string {
  const claim = view.claims.get(one.claim);
  const pill = option.counted ? ' <span class="pill agree">counted</span>' : '';
  const unit = option.plan === 'reservation' ? '' : ' USD/hour';
  return [
    '<tr>',
    cell(
      'Purchase',
      `<span class="id">${foreign(optionName(option))}</span>${pill}<p>${foreign(firstSentence(claim?.statement ?? ''))}</p>${leftOut(option)}${figureDetails([claim], view)}`,
      { kind: 'what', key: optionName(option) },
    ),
    cell('Commitment', `${grouped(one.commitment)}${unit}`, { kind: 'num', key: one.commitment }),
    cell('Saves USD/month', grouped(one.saving), { kind: 'num', key: one.saving }),
    cell('Used', `${grouped(one.utilisation)} %`, { kind: 'num', key: one.utilisation }),
    cell('Break-even month', grouped(one.break_even_month), { kind: 'num', key: one.break_even_month }),
    cell('At 20 % less use', grouped(one.saving_at_less_use), { kind: 'num', key: one.saving_at_less_use }),
    cell('Confidence', foreign(claim?.confidence ?? ''), { kind: 'num', key: claim?.confidence ?? '' }),
    '</tr>',
  ].join('');
}

/** What, for how much, and at rates of which day; the columns hold the rest. */
const firstSentence = (statement: string): string => /^.*?\.(?= |$)/s.exec(statement)?.[0] ?? statement;

/** Usage at a price without a rate is not in the advice. */
const leftOut = ({ unpriced }: Option): string =>
  unpriced === 0
    ? ''
    : `<div class="where">left out: what ran at ${counted(unpriced, 'other price')} without a sourced rate</div>`;
