import { expect, test } from 'vitest';
import { composeReport } from '../compose.ts';
import type { Report } from '../model.ts';
import { aSmallSession, aVolumeItem, gatheredIn } from '../testing/index.ts';
import { markdownRenderer } from './markdown.ts';

const report = composeReport(gatheredIn(aSmallSession()));
const lines = (one: Report): string[] => markdownRenderer.render(one).split('\n');

test('report.md has its parts in order', () => {
  expect(lines(report).filter((line) => line.startsWith('#'))).toStrictEqual([
    '# Cloud cost report as of 2026-11-20',
    '## What to do',
    '## Savings',
    '## Challenges',
    '## Spend',
    '## What is missing',
    '## Coverage',
    '## Inputs',
  ]);
});

test('what is less than half sure stands beside the headline, not in it', () => {
  const findings = report.findings.map((one) => ({
    ...one,
    confidence: one.rule === 'ebs-unattached' ? '0.90' : '0.49',
  }));
  const totals = { ...report.totals, net_confident: '7.61', net_to_confirm: '1.83' };

  expect(lines({ ...report, findings, totals }).slice(2, 5)).toStrictEqual([
    '3 findings; **7.61 USD a month** can be saved once overlap is removed (gross 10.96 USD).',
    'To confirm first: 1.83 USD more (2 findings of a confidence below 0.50), 9.44 USD in all.',
    'Of all 1.83 USD leaves the next invoice and 7.61 USD frees commitments already paid for.',
  ]);
});

test('savings come largest first, and every table row has the cells of its head', () => {
  const table = lines(report).slice(lines(report).indexOf('## Savings') + 2);
  const rows = table.slice(2, table.indexOf(''));

  expect(rows.map((row) => row.split(' | ')[0])).toStrictEqual(['| 7.61', '| 1.83', '| 0.00']);
  expect(new Set(rows.map((row) => row.split(/(?<!\\)\|/).length))).toStrictEqual(new Set([11]));
});

test('hostile text makes no link, tag, image, heading or cell', () => {
  const name = '](http://evil.example) ![x](//e) <img src=x onerror=alert(1)> | **b** \u202E `c`\n\n# h';
  const volumes = [aVolumeItem(1, { Tags: [{ Key: 'Name', Value: name }] })];
  const text = markdownRenderer.render({
    ...composeReport(gatheredIn(aSmallSession({ volumes }))),
    gaps: [{ code: 'X', what: name, detail: name }],
    notes: [{ code: 'Y', detail: name }],
  });

  expect(text).toContain(
    '\\!\\[x\\]\\(//e\\) \\<img src=x onerror=alert\\(1\\)\\> \\| \\*\\*b\\*\\* ⟨U+202E⟩ \\`c\\` \\# h',
  );
  expect(text).not.toMatch(/[^\\]<img|[^\\]\]\(|^# h/m);
});

test('without findings, bill or gaps it says so', () => {
  const text = markdownRenderer.render({ ...report, findings: [], claims: [], gaps: [] });

  expect(text).toContain('## Savings\n\nNone.');
  expect(text).toContain('## Spend\n\nNo bill was given.');
  expect(text).toContain('## What is missing\n\nNothing that was asked for.');
});
