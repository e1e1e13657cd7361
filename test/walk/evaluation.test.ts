import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AS_OF } from '../evaluation/estate/planned.ts';
import { makeEstate } from '../evaluation/estate/estate.ts';
import { writeEstate } from '../evaluation/estate/write-estate.ts';
import { judgeEstate } from '../evaluation/judged.ts';
import { analyze } from '../rules/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'infrafabric-evaluation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the command finds in a generated estate what the evaluation scores, with the same dollars', async () => {
  const estate = makeEstate('walk', 0, 250);
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
