import { code, counted, foreign, section } from './markup.ts';
import type { View } from './view.ts';

/** What was asked for and is not in the report, then what a reader must bear in mind. */
export function missingSection({ report }: View): string {
  const gaps = report.gaps.map(
    ({ code: name, what, detail }) =>
      `<li class="gap">${code(name)} <b>${foreign(what)}</b><br>${foreign(detail)}</li>`,
  );
  const notes = report.notes.map(
    ({ code: name, detail }) => `<li class="note">${code(name)}<br>${foreign(detail)}</li>`,
  );
  const missing =
    gaps.length === 0
      ? '<p class="lead">Nothing that was asked for is missing.</p>'
      : `<ul class="list">${gaps.join('')}</ul>`;
  const remarks =
    notes.length === 0 ? '' : section('remarks', 'Remarks', '', `<ul class="list">${notes.join('')}</ul>`);
  return section('missing', 'What is missing', gaps.length === 0 ? '' : counted(gaps.length, 'gap'), missing) + remarks;
}
