import { canonicalJson, type Citation, type Claim, type Figure } from '@infrafabric/protocol';
import { html } from '../text-safety.ts';
import { code, counted, foreign, grouped } from './markup.ts';
import type { View } from './view.ts';

/** Citations of one figure that are listed; report.json has all. */
const SHOWN_CITATIONS = 12;

/** Figures listed of one claim; a bill may have a group for each of thousands of accounts. */
const SHOWN_FIGURES = 60;

/** The figures of claims behind a fold: name, value, derivation, and every place they come from. */
export function figureDetails(
  claims: readonly (Claim | undefined)[],
  view: View,
  extra: readonly Figure[] = [],
): string {
  const known = claims.filter((claim) => claim !== undefined);
  const figures = [...known.flatMap((claim) => claim.figures), ...extra];
  const citations = known.flatMap((claim) => claim.citations);
  const [own] = known;
  if (own === undefined) return '';
  return [
    `<details><summary>${counted(figures.length, 'figure')} and evidence</summary>`,
    figures.length === 0 ? '' : figureTable(figures, view),
    citations.length === 0 ? '' : `<small>It rests on</small>${citationList(citations, view)}`,
    `<small>Claim ${code(own.id)}, by the ${foreign(own.role)} agent</small></details>`,
  ].join('');
}

function figureTable(figures: readonly Figure[], view: View): string {
  const rows = figures
    .slice(0, SHOWN_FIGURES)
    .map(
      (figure) =>
        `<tr><td>${foreign(figure.name.replaceAll('_', ' '))}</td><td class="num">${grouped(figure.value)} ${foreign(figure.unit)}</td>` +
        `<td>${code(figure.derivation.id)}${paramsText(figure)}</td><td>${citationList(figure.citations, view)}</td></tr>`,
    );
  const more = figures.length - rows.length;
  const rest = more > 0 ? `<tr><td colspan="4">and ${counted(more, 'more figure')} in report.json</td></tr>` : '';
  return `<table class="figures"><thead><tr><th>Figure</th><th class="num">Value</th><th>Derivation</th><th>Computed from</th></tr></thead><tbody>${rows.join('')}${rest}</tbody></table>`;
}

function paramsText({ derivation }: Figure): string {
  const params = Object.entries(derivation.params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : canonicalJson(value)}`);
  return params.length === 0 ? '' : `<br><small>${foreign(params.join(', ').slice(0, 300))}</small>`;
}

function citationList(citations: readonly Citation[], view: View): string {
  const items = citations.slice(0, SHOWN_CITATIONS).map((citation) => `<li>${citationText(citation, view)}</li>`);
  const more = citations.length - items.length;
  if (more > 0) items.push(`<li><small>and ${counted(more, 'more place')} in report.json</small></li>`);
  return `<ul class="cites">${items.join('')}</ul>`;
}

function citationText({ evidence, pointer }: Citation, view: View): string {
  const short = evidence.split('/').at(-1)?.slice(0, 12) ?? '';
  const hash = `<span title="${html(evidence)}">${code(short)}</span>`;
  if (!evidence.startsWith('if://claim/')) {
    const name = view.nameOf(evidence);
    return `${hash} ${name === undefined ? '' : `${foreign(name)} `}${pointer === '' ? '<small>whole file</small>' : code(pointer)}`;
  }
  const at = /^\/figures\/(\d+)\/value$/.exec(pointer)?.[1];
  const figure = view.claims.get(evidence)?.figures[Number(at ?? -1)];
  return `${hash} <small>claim</small> ${figure === undefined ? code(pointer) : foreign(figure.name.replaceAll('_', ' '))}`;
}
