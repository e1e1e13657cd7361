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
    '--threshold',
    'ec2-oversized.RIGHTSIZING_OTHER_FAMILIES=0',
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
