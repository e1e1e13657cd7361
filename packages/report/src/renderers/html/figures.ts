import { canonicalJson, type Citation, type Claim, type Figure } from '@infrafabric/protocol';
import { html } from '../text-safety.ts';
import { code, counted, foreign, grouped } from './markup.ts';
import type { View } from './view.ts';

/** Citations of one figure that are listed, and how many when there are more; report.json has all. */
const SHOWN_CITATIONS = 6;
const SHOWN_OF_MANY = 3;

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
    `<details class="proof"><summary>${figures.length === 0 ? 'Evidence' : `${counted(figures.length, 'figure')} and evidence`}</summary>`,
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
        `<tr><th scope="row">${foreign(figure.name.replaceAll('_', ' '))}<b>${grouped(figure.value)} ${foreign(figure.unit)}</b></th>` +
        `<td>${code(figure.derivation.id)}${paramsText(figure)}${citationList(figure.citations, view)}</td></tr>`,
    );
  const more = figures.length - rows.length;
  const rest = more > 0 ? `<tr><td colspan="2">and ${counted(more, 'more figure')} in report.json</td></tr>` : '';
  return `<table class="figures"><tbody>${rows.join('')}${rest}</tbody></table>`;
}

function paramsText({ derivation }: Figure): string {
  const params = Object.entries(derivation.params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : canonicalJson(value ?? null)}`);
  return params.length === 0 ? '' : ` <small>${foreign(params.join(', ').slice(0, 300))}</small>`;
}

function citationList(citations: readonly Citation[], view: View): string {
  const shown = citations.length > SHOWN_CITATIONS ? SHOWN_OF_MANY : SHOWN_CITATIONS;
  const items = citations.slice(0, shown).map((citation) => `<li>${citationText(citation, view)}</li>`);
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
