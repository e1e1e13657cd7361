import { type Decision, findingIdOf, findingId, type Gathered, resourceKey } from '@infrafabric/finops';
import { evidenceId } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from './compose.ts';
import { isFinding, Report } from './model.ts';
import { aSmallSession, gatheredIn } from './testing/index.ts';

const gathered = gatheredIn(aSmallSession());
const plain = composeReport(gathered);
const citation = {
  evidence: evidenceId('d'.repeat(64)),
  pointer: '/decisions/0',
  media_type: 'application/json',
} as const;

/** The report when one finding, by its rule, was decided about. */
function decided(rule: string, given: Pick<Decision, 'decision'> & Partial<Decision>): Report {
  const finding = plain.findings.filter(isFinding).find((one) => one.rule === rule);
  const resource = finding === undefined ? '' : resourceKey(finding.resource);
  const decision: Decision = {
    finding: findingIdOf(rule, resource),
    rule,
    resource,
    by: 'Ann',
    at: '2026-11-01T10:00:00Z',
    ...given,
  };
  const result: Gathered['results'][number] = {
    task_id: 'collector/decisions/0',
    role: 'collector',
    result: { kind: 'decisions', decisions: [{ decision, citation }] },
  };
  return composeReport({ ...gathered, results: [...gathered.results, result] });
}

test('a rejected finding stands apart with the decision cited, and its saving in no total', () => {
  const report = decided('ebs-unattached', { decision: 'reject', reason: 'kept for the audit' });
  /* Kept, the unattached volume can still become gp3: 2/10 of its committed 7.61 = 1.52, beside the 1.83 of the other one. */
  expect({ ...report.totals, claim: '' }).toStrictEqual({
    claim: '',
    findings: plain.totals.findings - 1,
    gross_list: '4.00',
    gross_effective: '3.35',
    net_effective: '3.35',
    net_cash_now: '1.83',
    net_freed_commitment: '1.52',
  });
  expect(report.suppressed.map(({ rule, suppression }) => [rule, suppression])).toStrictEqual([
    [
      'ebs-unattached',
      {
        kind: 'decision',
        decision: 'reject',
        by: 'Ann',
        at: '2026-11-01T10:00:00Z',
        reason: 'kept for the audit',
        citation,
      },
    ],
  ]);
  expect(report.findings.filter(isFinding).map(({ rule }) => rule)).not.toContain('ebs-unattached');
  expect(Report.parse(structuredClone(report))).toStrictEqual(report);
});

test('an accepted finding stays in the totals and says who accepted it', () => {
  const report = decided('ebs-unattached', { decision: 'accept' });
  const finding = report.findings.filter(isFinding).find(({ rule }) => rule === 'ebs-unattached');
  expect([report.totals.net_effective, report.suppressed, finding?.decided]).toStrictEqual([
    plain.totals.net_effective,
    [],
    { decision: 'accept', by: 'Ann', at: '2026-11-01T10:00:00Z', citation },
  ]);
});

test('every finding has the id that decisions name it by', () => {
  expect(plain.findings.filter(isFinding).map(({ id }) => id)).toStrictEqual(
    plain.findings.filter(isFinding).map(findingId),
  );
});
