import type { SuppressedFinding } from '../../model.ts';
import { cell, code, counted, foreign, grouped, section } from './markup.ts';
import { SHOWN_FINDINGS } from './savings.ts';
import type { View } from './view.ts';

/** Findings that people set aside: what each would have saved, who said so, when, why and until when. */
export function asideSection({ report: { suppressed, left_out: out }, claims }: View): string {
  if (suppressed.length === 0) return '';
  const leftOut = claims.get(out.claim)?.statement ?? '';
  const rows = suppressed
    .slice(0, SHOWN_FINDINGS)
    .map((finding) => row(finding, claims.get(finding.claim ?? '')?.statement ?? ''));
  const more = suppressed.length - rows.length;
  const body = [
    `<p class="lead soft">${foreign(leftOut)} Each decision and each tag is evidence of this report.</p>`,
    '<table class="stack"><thead><tr><th scope="col">Decision</th><th scope="col">Finding</th><th scope="col">Said</th><th class="num" scope="col">Saving USD/month</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table>`,
    more > 0 ? `<p class="lead">And ${counted(more, 'more', 'more')}: see report.json.</p>` : '',
  ].join('');
  return section('aside', 'Set aside', counted(suppressed.length, 'finding'), body);
}

const WORDS = { accept: 'accepted', snooze: 'snoozed', reject: 'rejected', withdraw: 'withdrawn' } as const;

function row({ id, rule, resource, savings, suppression }: SuppressedFinding, statement: string): string {
  const called =
    resource.name === undefined || resource.name === resource.id
      ? ''
      : ` <span class="soft">${foreign(resource.name)}</span>`;
  return [
    '<tr>',
    cell(
      'Decision',
      `<span class="pill">${suppression.kind === 'tag' ? 'excluded' : WORDS[suppression.decision]}</span>`,
    ),
    cell(
      'Finding',
      `<span class="id">${code(resource.id)}</span>${called}<p>${foreign(statement)}</p><div class="where">${code(rule)}<span>${foreign(resource.region)}</span>${code(id)}</div>`,
      { kind: 'what' },
    ),
    cell('Said', saidText(suppression), { kind: 'what' }),
    cell('Saving USD/month', grouped(savings?.effective ?? ''), { kind: 'num' }),
    '</tr>',
  ].join('');
}

function saidText(suppression: SuppressedFinding['suppression']): string {
  if (suppression.kind === 'tag') return `<p>By the tags of the resource: ${code(suppression.expression)}</p>`;
  const { by, at, reason, until } = suppression;
  const why = reason === undefined ? '' : `<p>${foreign(reason)}</p>`;
  const end = until === undefined ? '' : ` · until ${foreign(until)}`;
  return `${why}<div class="where"><span>${foreign(by)} on ${foreign(at.slice(0, 10))}${end}</span></div>`;
}
