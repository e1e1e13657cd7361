import { ANY_RESOURCE, type Decision, findingIdOf, findingId, type Gathered, resourceKey } from '@infrafabric/finops';
import { evidenceId } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from './compose.ts';
import { isFinding, Report } from './model.ts';
import { htmlRenderer } from './renderers/html.ts';
import { markdownRenderer } from './renderers/markdown.ts';
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
    net_confident: '3.35',
    net_to_confirm: '0.00',
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

test('a resource excluded by its tags stands apart with the tags cited, comes before a decision, and is said in what is left out', () => {
  const results = gathered.results.map((one) => {
    if (one.result.kind !== 'judge') return one;
    const findings = one.result.findings.map((finding) => ({
      ...finding,
      ...(finding.rule === 'ebs-unattached' ? { excluded: { expression: 'env=prod', citation } } : {}),
    }));
    return { ...one, result: { ...one.result, findings } };
  });
  const report = composeReport({ ...gathered, results });
  expect(report.suppressed.map(({ rule, suppression }) => [rule, suppression])).toStrictEqual([
    ['ebs-unattached', { kind: 'tag', expression: 'env=prod', citation }],
  ]);
  expect({ ...report.left_out, claim: '' }).toStrictEqual({ claim: '', findings: 1, usd_month: '7.61' });
  expect(report.action_plan.steps.map((step) => step.rule)).toStrictEqual(['ebs-gp2-to-gp3']);
  expect(markdownRenderer.render(report)).toContain('| exclude | 7.61 | ebs-unattached |');
  expect(htmlRenderer.render(report)).toContain('By the tags of the resource: <code><bdi>env=prod</bdi></code>');
});

test('a decision about a whole rule sets every finding of it aside', () => {
  const decision: Decision = {
    decision: 'reject',
    finding: findingIdOf('ebs-gp2-to-gp3', ANY_RESOURCE),
    rule: 'ebs-gp2-to-gp3',
    resource: ANY_RESOURCE,
    by: 'Ann',
    at: '2026-11-01T10:00:00Z',
    reason: 'moved by another team',
  };
  const report = composeReport({
    ...gathered,
    results: [
      ...gathered.results,
      {
        task_id: 'collector/decisions/0',
        role: 'collector',
        result: { kind: 'decisions', decisions: [{ decision, citation }] },
      },
    ],
  });
  const before = plain.findings.filter(isFinding).filter((one) => one.rule === 'ebs-gp2-to-gp3').length;
  expect(before).toBeGreaterThan(0);
  expect(report.suppressed.map((one) => one.rule)).toStrictEqual(
    Array.from({ length: before }, () => 'ebs-gp2-to-gp3'),
  );
});
