import { cell, counted, section } from './markup.ts';
import { gradeCells, SHOWN_FINDINGS, whatText } from './savings.ts';
import type { View } from './view.ts';

/** Advice with figures in the page; the others have theirs in report.json. */
const WITH_FIGURES = 300;

/** Findings without dollars, the most severe first: what will break, end or cost later. */
export function adviceSection(view: View): string {
  const { advice } = view;
  if (advice.length === 0) return '';
  const rows = advice.slice(0, SHOWN_FINDINGS).map((finding, at) => {
    const severity = finding.severity ?? 0;
    const kind = severity >= 7 ? 'high' : severity >= 4 ? 'medium' : '';
    return [
      '<tr>',
      cell('Severity', `<span class="pill ${kind}">${severity} of 10</span>`, { key: String(severity) }),
      cell('Finding', whatText(finding, view, at < WITH_FIGURES), { kind: 'what', key: finding.rule }),
      gradeCells(finding),
      '</tr>',
    ].join('');
  });
  const more = advice.length - rows.length;
  const body = [
    '<p class="lead soft">No dollars are claimed here: the rule has no saving to state, or no sourced price to state it with.</p>',
    '<div><p class="filter" hidden><label>Search <input type="search" autocomplete="off"></label><output></output></p>',
    '<table class="stack" data-sort><thead><tr><th scope="col">Severity</th><th scope="col">Finding</th><th scope="col">Priority</th><th scope="col">Effort</th><th scope="col">Risk</th><th class="num" scope="col">Confidence</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table></div>`,
    more > 0
      ? `<p class="lead">And ${counted(more, 'less severe finding')}: see findings.csv and report.json.</p>`
      : '',
  ].join('');
  return section('advice', 'Risks and advice without dollars', counted(advice.length, 'finding'), body);
}
