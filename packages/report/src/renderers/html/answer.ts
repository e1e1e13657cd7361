import { figureDetails } from './figures.ts';
import { foreign, section } from './markup.ts';
import type { View } from './view.ts';

/** Claims of an answer that are shown; the others stand in the sections they come from. */
const SHOWN = 8;

/** What was asked, what it was read as, and the claims that answer it, or why none does. */
export function answerSection(view: View): string {
  const { answer, request } = view.report;
  if (answer === undefined || request.question === null) return '';
  const claims = answer.claims.flatMap((id) => view.claims.get(id) ?? []);
  const said = claims
    .slice(0, SHOWN)
    .map((claim) => `<div><p class="say">${foreign(claim.statement)}</p>${figureDetails([claim], view)}</div>`);
  const can = answer.can_answer?.map((one) => `<li>${foreign(one)}</li>`) ?? [];
  const body = [
    `<div class="card"><p class="lead"><b>${foreign(request.question)}</b></p>`,
    `<p class="soft">Read as: ${foreign(answer.read_as)}. Answered by rule.</p>`,
    ...said,
    answer.unanswered === undefined ? '' : `<p class="say"><b>Not answered.</b> ${foreign(answer.unanswered)}</p>`,
    can.length === 0 ? '' : `<p class="soft">What can be asked:</p><ul>${can.join('')}</ul>`,
    '</div>',
  ].join('');
  return section('answer', 'What was asked', '', body);
}
