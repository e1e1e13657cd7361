import { digestOf } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from '../compose.ts';
import type { Narrative } from '../narrative/model.ts';
import {
  aReportFolder,
  aSmallSession,
  gatheredIn,
  partsOf,
  problemsOf,
  put,
  signAgain,
  verified,
} from '../testing/index.ts';

const session = aSmallSession();
const report = composeReport(gatheredIn(session));
const { reportBytes } = partsOf(session);
const total = report.claims.find(({ id }) => id === report.totals.claim);
const narrative: Narrative = {
  format: 'infrafabric.narrative/1',
  report_sha256: digestOf(reportBytes),
  provider: 'fake',
  model: 'claude-sonnet-5-5',
  summary: [{ text: total?.statement ?? '', claims: [report.totals.claim] }],
  explanations: [],
  refused: 0,
  gaps: [],
  spent: { calls: 1, cached: 0, input_tokens: 10, output_tokens: 10, usd: '0.00' },
};

test('words that stand on their claims verify', async () => {
  const files = aReportFolder(session, { narrative, formats: ['html', 'md', 'csv'] });
  expect(problemsOf(await verified(files, session))).toStrictEqual([]);
});

test.each<[string, Partial<Narrative>, string]>([
  ['of another report', { report_sha256: `sha256:${'0'.repeat(64)}` }, 'NARRATIVE_INVALID'],
  ['of another shape', { refused: -1 }, 'NARRATIVE_INVALID'],
  [
    'with a figure of nobody',
    { summary: [{ text: 'It saves 13579.24 USD.', claims: [report.totals.claim] }] },
    'NARRATIVE_UNFOUNDED',
  ],
  [
    'with a claim of nobody',
    { summary: [{ text: 'It is idle.', claims: [`if://claim/sha256/${'0'.repeat(64)}`] }] },
    'NARRATIVE_UNFOUNDED',
  ],
  [
    'about a finding of nobody',
    { explanations: [{ finding: 'f-0000000000000000', sentences: narrative.summary }] },
    'NARRATIVE_UNFOUNDED',
  ],
])('words %s are found, however well signed', async (_what, over, code) => {
  const files = aReportFolder(session, { narrative: { ...narrative, ...over }, formats: [] });
  expect(problemsOf(await verified(files, session)).map((one) => one.split(' ')[0])).toStrictEqual([code]);
});

test('a page without the words that lie beside it differs', async () => {
  const files = aReportFolder(session, { narrative, formats: ['md'] });
  const plain = aReportFolder(session, { formats: ['md'] });
  put(files, 'report.md', new TextDecoder().decode(plain.get('report.md')));
  signAgain(files, session);
  expect(problemsOf(await verified(files, session)).map((one) => one.split(' ')[0])).toStrictEqual([
    'RENDERING_DIFFERS',
  ]);
});
