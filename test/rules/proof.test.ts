import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProven, proofOf, RULES, ruleDefects } from '@infrafabric/runtime';
import type { Report } from '@infrafabric/report';
import { beforeAll, describe, expect, test } from 'vitest';
import { VERDICTS_FILE } from './proof.ts';
import { countsByRule, DAY, NO_RECORDED, recordedReport, verdictLines } from './recorded.ts';
import { ROOT } from './run.ts';
import { testedVerdicts } from './tested.ts';

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test('nothing is missing in the catalogue', () => {
  expect(ruleDefects()).toStrictEqual([]);
});

test('the proof table knows which verdicts each test names (pnpm rules:prove writes it)', () => {
  expect(Object.fromEntries(RULES.map(({ id }) => [id, proofOf(id).tests]))).toStrictEqual(testedVerdicts());
});

test('the README counts the checks, proven and unproven', () => {
  const proven = RULES.filter(({ id }) => isProven(id)).length;
  expect(textOf('README.md')).toContain(
    `${RULES.length} checks, ${proven} [proven](docs/rules.md) and ${RULES.length - proven} unproven`,
  );
});

describe.skipIf(NO_RECORDED !== '')(`on recorded answers${NO_RECORDED}`, () => {
  let report: Report;
  beforeAll(async () => {
    report = await recordedReport(DAY);
  });

  test('each verdict is the pinned one, and an UNKNOWN names what is missing (pnpm rules:prove writes them)', () => {
    const lines = verdictLines(report);
    expect(`${lines.join('\n')}\n`).toBe(textOf(VERDICTS_FILE));
    expect(lines.filter((line) => /\tUNKNOWN\t[A-Z_]+: ?$/.test(line) || line.includes('RULE_ERROR'))).toStrictEqual(
      [],
    );
  });

  test('each rule gave as many verdicts as the proof table says', () => {
    const counts = countsByRule([report]);
    const none = { finding: 0, ok: 0, unknown: 0 };
    expect(Object.fromEntries(RULES.map(({ id }) => [id, counts[id] ?? none]))).toStrictEqual(
      Object.fromEntries(RULES.map(({ id }) => [id, proofOf(id).recorded])),
    );
  });
});
