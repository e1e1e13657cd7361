import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { accountSpend } from '@infrafabric/finops';
import type { Citation } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { parseCsv } from '../csv.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const BILLS = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'data/bills');
const missing = !existsSync(BILLS);
const note = missing ? ' (skipped: no data/bills in INFRAFABRIC_TEST_DATA)' : '';
const citation: Citation = { evidence: `if://evidence/sha256/${'b'.repeat(64)}`, pointer: '', media_type: 'text/csv' };

// Real bills at hand have 13 and 30 complete days: too few for an interval of 30 days, which takes 28 backtests.
describe.skipIf(missing)(`real bills${note}`, () => {
  test.each([
    ['cur/aws_cur_anonymous_export_dataset.csv', '2023-11-15', '13'],
    ['focus/focus_1.0_sample_1000.csv', '2024-10-01', '30'],
  ])('%s is forecast without an interval nobody could measure', (path, asOf, historyDays) => {
    const cited = { cited: [parseCsv(readFileSync(resolve(BILLS, path)), path)], citations: [citation] };
    const claim = accountSpend(cited, { asOf }).claims.find(({ topic }) => topic === 'forecast/thirty-days');
    const names = claim?.figures.map(({ name }) => name) ?? [];
    expect(names.filter((name) => name === 'low' || name === 'high' || name.startsWith('low.'))).toStrictEqual([]);
    expect(claim?.figures.find(({ name }) => name === 'history_days')?.value).toBe(historyDays);
    expect(claim?.statement).toContain('no interval: the history is too short to measure errors');
  });
});
