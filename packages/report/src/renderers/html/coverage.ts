import type { Report, UnknownGroup } from '../../model.ts';
import { answeredText } from '../answered.ts';
import { cell, code, counted, foreign, section } from './markup.ts';
import type { View } from './view.ts';

/** Resources named of one group; report.json names all. */
const SHOWN_RESOURCES = 40;

/** How many resources each rule judged, and why some could not be. */
export function coverageSection(view: View): string {
  const { coverage } = view.report;
  if (coverage.length === 0) return section('coverage', 'Coverage', '', '<p class="lead">No resource was judged.</p>');
  const rows = coverage.map(ruleRow);
  const body = [
    `<p class="lead soft">${answeredText(coverage)} OK means a rule looked and found nothing to change. Not known is never counted as nothing: it stands outside every total.</p>`,
    '<table class="stack" data-sort><thead><tr><th scope="col">Rule</th><th scope="col">Service</th><th class="num" scope="col">Finding</th><th class="num" scope="col">OK</th><th class="num" scope="col">Not known</th><th scope="col"><span class="soft">Shares</span></th></tr></thead>',
    `<tbody>${rows.join('')}</tbody></table>`,
    unknownText(view.unknown),
  ].join('');
  return section('coverage', 'Coverage', counted(coverage.length, 'rule'), body);
}

function ruleRow({ rule, service, finding, ok, unknown }: Report['coverage'][number]): string {
  return [
    '<tr>',
    cell('Rule', code(rule), { kind: 'rule' }),
    cell('Service', foreign(service)),
    number('Finding', finding),
    number('OK', ok),
    number('Not known', unknown),
    cell('Shares', mix([finding, ok, unknown]), { key: String(finding + ok + unknown) }),
    '</tr>',
  ].join('');
}

const number = (label: string, count: number): string =>
  cell(label, String(count), { kind: 'num', key: String(count) });

function mix(counts: readonly [number, number, number]): string {
  const sum = counts.reduce((a, b) => a + b, 0) || 1;
  let x = 0;
  const parts = counts.map((count, at) => {
    const width = (count / sum) * 1000;
    const rect = `<rect class="${['finding', 'ok', 'unknown'][at]}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`;
    x += width;
    return rect;
  });
  return `<svg class="mix" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg>`;
}

function unknownText(groups: readonly UnknownGroup[]): string {
  if (groups.length === 0) return '';
  const rows = groups
    .toSorted((a, b) => b.resources.length - a.resources.length)
    .map(
      (group) =>
        `<tr>${cell('Resources', String(group.resources.length), { kind: 'num', key: String(group.resources.length) })}` +
        `${cell('Why', `${code(group.reason)} <p>${foreign(group.detail)}</p><div class="where">${code(group.rule)}</div>${resourceList(group)}`, { kind: 'what', key: group.reason })}</tr>`,
    );
  return `<h3>Why it is not known</h3><table class="stack" data-sort><thead><tr><th class="num" scope="col">Resources</th><th scope="col">Why</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function resourceList({ resources }: UnknownGroup): string {
  const shown = resources
    .slice(0, SHOWN_RESOURCES)
    .map(
      ({ id, region, name }) =>
        `<li>${code(id)} ${name === undefined || name === id ? '' : foreign(name)} <small>${foreign(region)}</small></li>`,
    );
  const more = resources.length - shown.length;
  const rest = more > 0 ? `<li><small>and ${more} more in report.json</small></li>` : '';
  return `<details><summary>Which</summary><ul class="ids">${shown.join('')}${rest}</ul></details>`;
}
