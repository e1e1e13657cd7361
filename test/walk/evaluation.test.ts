import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AS_OF } from '../evaluation/estate/planned.ts';
import { makeEstate } from '../evaluation/estate/estate.ts';
import { writeEstate } from '../evaluation/estate/write-estate.ts';
import { shortcomings } from '../evaluation/gate.ts';
import { judgeEstate } from '../evaluation/judged.ts';
import { addScore, openScore } from '../evaluation/score.ts';
import { summaryOf } from '../evaluation/summary.ts';
import { analyze } from '../rules/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'infrafabric-evaluation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const estate = makeEstate('walk', 0, 250);

test('the command finds in a generated estate what the evaluation scores, with the same dollars', async () => {
  writeEstate(folder, estate);

  const report = await analyze([
    '--estate',
    join(folder, 'estate'),
    '--bill',
    join(folder, 'bill.csv'),
    '--as-of',
    AS_OF,
  ]);
  const judged = await judgeEstate(estate);

  const lineOf = (rule: string, id: string, usd = '-'): string => `${rule} ${id} ${usd}`;
  const reported = report.findings.flatMap((one) =>
    'resource' in one && one.verdict === 'FINDING' ? [lineOf(one.rule, one.resource.id, one.savings?.effective)] : [],
  );
  const scored = judged.findings
    .filter((one) => one.verdict === 'FINDING')
    .map((one) => lineOf(one.rule, one.resource.id, one.savings?.effective));
  expect(reported.sort()).toStrictEqual(scored.sort());
  expect(scored.length).toBeGreaterThan(100);
});

test('a finding that names a type which would not do the work is wrong, oversized or not', async () => {
  const judged = await judgeEstate(estate);
  const scoreOf = (instance_type: string): string => {
    const findings = judged.findings.map((one) =>
      one.rule === 'ec2-oversized' && one.verdict === 'FINDING' ? { ...one, target: { instance_type } } : one,
    );
    const score = openScore();
    addScore(score, estate, { ...judged, findings });
    return summaryOf(score).rules['ec2-oversized']?.precision ?? '';
  };

  const [tiny, huge] = [scoreOf('t3.nano'), scoreOf('m6a.48xlarge')].map(Number);
  expect(tiny).toBeLessThan(0.1);
  expect(huge).toBeGreaterThan(0.5);
});

test('the gate closes when a rule falls silent, and names it', async () => {
  const judged = await judgeEstate(estate);
  const summaryWithout = (rule: string): ReturnType<typeof summaryOf> => {
    const score = openScore();
    addScore(score, estate, { ...judged, findings: judged.findings.filter((one) => one.rule !== rule) });
    return summaryOf(score);
  };

  const closed = shortcomings(summaryWithout('network-idle-elastic-ip'), summaryWithout('no such rule'));

  expect(closed).toContain('recall of network-idle-elastic-ip is 0.0000, was 1.0000');
});
