import { type Decision, findingIdOf, resourceKey } from '@infrafabric/finops';
import { canonicalBytes, evidenceId, sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from '../compose.ts';
import { isFinding, type Report } from '../model.ts';
import { aSmallSession, gatheredIn } from '../testing/index.ts';
import { checkDecided } from './decided.ts';
import type { Problem } from './problem.ts';

const gathered = gatheredIn(aSmallSession());
const finding = composeReport(gathered).findings.find(isFinding);
const rule = finding!.rule;
const resource = resourceKey(finding!.resource);
const decision: Decision = {
  decision: 'reject',
  finding: findingIdOf(rule, resource),
  rule,
  resource,
  by: 'Ann',
  at: '2026-11-01T10:00:00Z',
  reason: 'kept for the audit',
};

/** What is wrong with a report made of `decision` when the evidence holds `written`. */
async function problemsWhen(written: object): Promise<string[]> {
  const bytes = canonicalBytes({ decisions: [written] });
  const id = evidenceId(sha256Hex(bytes));
  const report: Report = composeReport({
    ...gathered,
    results: [
      ...gathered.results,
      {
        task_id: 'collector/decisions/0',
        role: 'collector',
        result: {
          kind: 'decisions',
          decisions: [
            { decision, citation: { evidence: id, pointer: '/decisions/0', media_type: 'application/json' } },
          ],
        },
      },
    ],
  });
  const problems: Problem[] = [];
  await checkDecided(report, { get: () => Promise.resolve(bytes) }, problems);
  return problems.map(({ message }) => message);
}

test('a decision as it stands in the evidence holds', async () => {
  expect(await problemsWhen(decision)).toStrictEqual([]);
});

const other = { rule: 'other-rule', finding: findingIdOf('other-rule', resource) };

test.each([
  [{ by: 'Bob' }, 'the cited decision says something else'],
  [{ decision: 'accept' }, 'the cited decision says something else'],
  [other, `the cited decision is about ${other.finding}`],
])('a decision whose evidence says %j does not', async (given, message) => {
  expect(await problemsWhen({ ...decision, ...given })).toStrictEqual([message]);
});
