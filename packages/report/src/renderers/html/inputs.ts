import { cell, code, counted, foreign, section, shownBytes } from './markup.ts';
import type { View } from './view.ts';

/** Files listed by name; report.json lists all. */
const SHOWN_FILES = 2000;

/** What the report was made from, by hash; and what nothing of ours reads. */
export function inputsSection({ report }: View): string {
  const { files, unused } = report.inputs;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const redactions = files.reduce((sum, file) => sum + file.redactions, 0);
  const rows = files
    .slice(0, SHOWN_FILES)
    .map(
      (file) =>
        `<tr>${cell('File', foreign(file.name), { kind: 'what' })}${cell('Size', shownBytes(file.bytes), { kind: 'num' })}${cell('Secrets replaced', String(file.redactions), { kind: 'num' })}${cell('sha256', code(file.sha256))}</tr>`,
    );
  const more = files.length - rows.length;
  const tables = Object.entries(report.tables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, id]) =>
        `<li>${foreign(name.replaceAll('_', ' '))} <small>${code(id.split('/').at(-1) ?? '')}</small></li>`,
    );
  const body = [
    `<p class="lead">${counted(files.length, 'file')}, ${shownBytes(bytes)}; ${redactions === 0 ? 'no secret was found in them' : `${counted(redactions, 'secret')} replaced before anything was kept`}.</p>`,
    `<details${files.length <= 12 ? ' open' : ''}><summary>Files and their hashes</summary><table class="stack"><thead><tr><th scope="col">File</th><th class="num" scope="col">Size</th><th class="num" scope="col">Secrets replaced</th><th scope="col">sha256</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more > 0 ? `<p>and ${more} more in report.json</p>` : ''}</details>`,
    unusedText(unused),
    `<h3>Dated tables of prices, instance types and support dates</h3><ul class="ids">${tables.join('')}</ul>`,
  ].join('');
  return section('inputs', 'Inputs', '', body);
}

function unusedText(unused: View['report']['inputs']['unused']): string {
  if (unused.length === 0) return '';
  const rows = unused.map(
    ({ what, reason, count }) =>
      `<tr>${cell('What', foreign(what), { kind: 'what' })}${cell('Reason', foreign(reason))}${cell('Count', String(count), { kind: 'num' })}</tr>`,
  );
  const count = unused.reduce((sum, one) => sum + one.count, 0);
  return `<details><summary>${counted(count, 'answer')} of kinds nothing here reads</summary><table class="stack"><thead><tr><th scope="col">What</th><th scope="col">Reason</th><th class="num" scope="col">Count</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}
