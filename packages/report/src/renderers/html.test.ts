import { createHash } from 'node:crypto';
import { canonicalJson } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from '../compose.ts';
import { Report, type ReportFinding } from '../model.ts';
import { aSmallSession, aVolumeItem, gatheredIn } from '../testing/index.ts';
import { htmlRenderer } from './html.ts';

const report = composeReport(gatheredIn(aSmallSession()));
const page = htmlRenderer.render(report);

test('the page has its parts in the order a reader asks for them', () => {
  expect([...page.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id)).toStrictEqual([
    'spend',
    'outlook',
    'plan',
    'savings',
    'challenges',
    'missing',
    'coverage',
    'inputs',
    'verify',
  ]);
  expect([...page.matchAll(/<nav.*?<\/nav>/g)].join('').match(/href="#[a-z]+"/g)).toHaveLength(9);
});

test('the headline is the net total, split into cash and commitments', () => {
  expect(page).toContain('<span class="sum">9.44<small>USD a month</small></span>');
  expect(page).toContain('<span>1.83 leaves the next invoice</span><span class="freed">7.61 frees commitments');
  expect(page.match(/<table class="ledger">.*?<\/table>/s)?.[0].match(/<td>[^<]*/g)).toStrictEqual([
    '<td>14.00',
    '<td>−3.04',
    '<td>10.96',
    '<td>−1.52',
    '<td>9.44',
  ]);
});

test('what is less than half sure stands beside the headline, not in it', () => {
  const findings = report.findings.map((one) => ({
    ...one,
    confidence: one.rule === 'ebs-unattached' ? '0.90' : '0.49',
  }));
  const totals = { ...report.totals, net_confident: '7.61', net_to_confirm: '1.83' };
  const unsure = htmlRenderer.render({ ...report, findings, totals });

  expect(unsure).toContain('<span class="sum">7.61<small>USD a month</small></span>\ncan be saved with 1 finding,');
  expect(unsure).toContain(
    'To confirm first: 1.83 more with 2 findings of a confidence below 0.50; 9.44 in all, of which:',
  );
  expect(page).not.toContain('To confirm first');
});

test('nothing is fetched and nothing runs but the one script the policy names by its hash', () => {
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
  const hash = createHash('sha256').update(script).digest('base64');

  expect(page).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(
    /\b(?:src|srcset|action|formaction|ping|data|poster|background)=|url\(|@import|<(?:link|img|iframe|object|embed|base|form)\b| on[a-z]+=/i,
  );
  expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, href]) => !href?.startsWith('#'))).toStrictEqual([]);
});

test('the root key id is not on the page, only where to put it', () => {
  expect(page).toContain('infrafabric verify &lt;this folder&gt; --root &lt;root key id&gt;');
  expect(page).not.toMatch(/ed25519:[0-9a-f]/);
});

test('each finding shows its amounts and, behind a fold, every figure with the place it comes from', () => {
  const rows = [...page.matchAll(/<tr><td data-label="Net USD\/month".*?<\/tr>(?=\n|<\/tbody>)/gs)].map(([row]) => row);
  const [first = ''] = rows;

  expect(rows.map((row) => /data-key="([^"]*)"/.exec(row)?.[1])).toStrictEqual(['7.61', '1.83', '0.00']);
  expect(first).toContain('vol-00000000000000002');
  expect(first).toContain('finops/effective-saving@2');
  expect(first).toContain('us-east-1/ec2.DescribeVolumes.json');
  expect(first).toContain('/Volumes/1');
  expect(first).toContain('net effective.1');
});

test('the spend charts draw each day and each service, the month and its budget', () => {
  expect(page.match(/<title>2026-11-\d\d: [\d.,]+ USD<\/title>/g)).toHaveLength(2 * 19);
  expect(page).toContain('Amazon Simple Storage Service');
  expect(page).toContain('<span class="pill high">over budget</span>');
  expect(page).toContain('budget 100.00 USD');
});

test('hostile text stays text wherever it stands', () => {
  const evil = `</title><script>alert(1)</script><img src=x onerror=alert(2)>"' \u202E\u200B\u001B[31m`;
  const volumes = [aVolumeItem(1, { Tags: [{ Key: 'Name', Value: evil }] })];
  const made = composeReport(gatheredIn(aSmallSession({ volumes, bill: [{ ServiceName: evil, RegionId: evil }] })));
  const text = htmlRenderer.render({
    ...made,
    request: { ...made.request, question: evil },
    gaps: [{ code: evil, what: evil, detail: evil }],
    notes: [{ code: evil, detail: evil }],
    inputs: {
      files: made.inputs.files.map((file) => ({ ...file, name: evil })),
      unused: [{ what: evil, reason: evil, count: 1 }],
    },
    findings: made.findings.map((finding) => ({ ...finding, rule: evil, ref: evil })),
    coverage: made.coverage.map((part) => ({ ...part, rule: evil, service: evil })),
  });

  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text.match(/<\/title>/g)).toHaveLength(2);
  expect(text).not.toContain('<img');
  expect(text).not.toMatch(/[\u202E\u200B]|(?!\n)\p{Cc}/u);
  expect(text).toContain(
    '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;&quot;&#39; ⟨U+202E⟩⟨U+200B⟩⟨U+001B⟩[31m',
  );
});

test('the page is the same bytes for the same report.json, however the report was made', () => {
  const reread = Report.parse(JSON.parse(canonicalJson(report)));

  expect(htmlRenderer.render(reread)).toBe(page);
});

test('a large estate keeps its sum: findings without a row are counted and added up', () => {
  const one = report.findings.find(
    (finding): finding is ReportFinding => finding.verdict === 'FINDING' && finding.net?.effective === '1.83',
  )!;
  const text = htmlRenderer.render({ ...report, findings: Array(2003).fill(one) });

  expect(text).toContain('And 3 smaller findings, together 5.49 USD a month');
});

test('a report of nothing says so', () => {
  const text = htmlRenderer.render({ ...report, findings: [], claims: [], coverage: [], gaps: [] });

  expect(text).toContain('No rule found money to save');
  expect(text).toContain('No resource was judged.');
  expect(text).toContain('Nothing that was asked for is missing.');
});
