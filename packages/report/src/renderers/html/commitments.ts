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
    `<p class="lead soft">${foreign(commitmentLead(commitments, view.report.claims))}</p>`,
    held.length === 0 ? '' : `<ul>${held.map((text) => `<li>${foreign(text)}</li>`).join('')}</ul>`,
    all.length === 0
      ? ''
      : `<table class="stack" data-sort><thead><tr><th scope="col">Purchase</th><th class="num" scope="col">Commitment</th><th class="num" scope="col">Saves USD/month</th><th class="num" scope="col">Used</th><th class="num" scope="col">Earned in month</th><th class="num" scope="col">A fifth less use</th></tr></thead><tbody>${all.slice(0, SHOWN).join('\n')}</tbody></table>`,
    more > 0 ? `<p class="lead">And ${counted(more, 'more', 'more')}: see report.json.</p>` : '',
    unknown === '' ? '' : `<p class="soft">${foreign(unknown)}</p>`,
  ].join('');
  return section('commitments', 'Commitments', 'after all other advice', body);
}

type Option = Commitments['options'][number];

function row(option: Option, one: Option['purchases'][number], view: View): string {
  const pill = option.counted ? ' <span class="pill agree">counted</span>' : '';
  const unit = option.plan === 'reservation' ? '' : ' USD/hour';
  return [
    '<tr>',
    cell(
      'Purchase',
      `<span class="id">${foreign(optionName(option))}</span>${pill}<div class="where"><span>${foreign(one.scope)}</span></div>${figureDetails([view.claims.get(one.claim)], view)}`,
      { kind: 'what', key: optionName(option) },
    ),
    cell('Commitment', `${grouped(one.commitment)}${unit}`, { kind: 'num', key: one.commitment }),
    cell('Saves USD/month', grouped(one.saving), { kind: 'num', key: one.saving }),
    cell('Used', `${grouped(one.utilisation)} %`, { kind: 'num', key: one.utilisation }),
    cell('Earned in month', grouped(one.break_even_month), { kind: 'num', key: one.break_even_month }),
    cell('A fifth less use', grouped(one.saving_at_less_use), { kind: 'num', key: one.saving_at_less_use }),
    '</tr>',
  ].join('');
}
