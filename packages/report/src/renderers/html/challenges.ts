import type { Challenges } from '../../model-challenges.ts';
import { challengeLead, outcomeWord, secondCells } from '../challenge-words.ts';
import { figureDetails } from './figures.ts';
import { cell, code, foreign, grouped, section } from './markup.ts';
import type { View } from './view.ts';

/** The largest savings as a second agent derived them: both values, how far apart, and which counts. */
export function challengesSection(view: View): string {
  const { challenges } = view.report;
  if (challenges === undefined) return '';
  const body = [
    `<p class="lead soft">${foreign(challengeLead(challenges))}</p>`,
    '<table class="stack" data-sort><thead><tr><th scope="col">Outcome</th><th scope="col">Resource</th><th class="num" scope="col">Claimed USD/month</th><th class="num" scope="col">Second</th><th class="num" scope="col">Apart</th><th class="num" scope="col">Counted</th></tr></thead>',
    `<tbody>${challenges.items.map((item) => row(item, view)).join('\n')}</tbody></table>`,
  ].join('');
  return section('challenges', 'Challenges', 'derived a second time', body);
}

function row(item: Challenges['items'][number], view: View): string {
  const [second, apart, counted] = secondCells(item);
  const proof = 'second' in item ? [view.claims.get(item.second_claim), view.claims.get(item.verdict_claim)] : [];
  const pill = item.outcome === 'confirm' ? ' agree' : '';
  const why = 'detail' in item ? `<p class="soft">${foreign(item.detail)}</p>` : '';
  return [
    '<tr>',
    cell('Outcome', `<span class="pill${pill}">${outcomeWord(item)}</span>${why}`, { key: item.outcome }),
    cell(
      'Resource',
      `<span class="id">${foreign(item.resource.id)}</span><div class="where">${code(item.rule)}</div>${figureDetails(proof, view)}`,
      { kind: 'what', key: item.resource.id },
    ),
    cell('Claimed USD/month', grouped(item.claimed), { kind: 'num', key: item.claimed }),
    cell('Second', grouped(second), { kind: 'num', key: second }),
    cell('Apart', grouped(apart), { kind: 'num', key: apart }),
    cell('Counted', grouped(counted), { kind: 'num', key: counted }),
    '</tr>',
  ].join('');
}
