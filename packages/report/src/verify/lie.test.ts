import type { BudgetResult, JudgeResult } from '@infrafabric/finops';
import { type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import {
  aReportFolder,
  aSmallSession,
  type EndedTask,
  problemsOf,
  type TestSession,
  verified,
} from '../testing/index.ts';

/* Lies told by a worker and carried on faithfully: everything is signed, only the evidence disagrees. */

interface Lies {
  readonly budget?: (result: BudgetResult) => BudgetResult;
  readonly judge?: (result: JudgeResult) => JudgeResult;
}

async function told(task: string, lies: Lies): Promise<string[]> {
  const honest = aSmallSession();
  const tasks = honest.tasks.map((one) => (one.spec.task_id === task ? { ...one, end: lieOf(one.end, lies) } : one));
  const lying: TestSession = { ...honest, tasks };
  return problemsOf(await verified(aReportFolder(lying), lying));
}

function lieOf(end: EndedTask['end'], { budget, judge }: Lies): EndedTask['end'] {
  if (!('kind' in end)) return end;
  if (end.kind === 'budget') return budget?.(end) ?? end;
  return end.kind === 'judge' ? (judge?.(end) ?? end) : end;
}

function relabelled(claim: Claim, change: (figure: Figure) => Figure, statement = claim.statement): Claim {
  const { id: _, ...rest } = claim;
  return makeClaim({ ...rest, statement, figures: claim.figures.map(change) });
}

test('a figure changed everywhere it stands', async () => {
  const problems = await told('budget/bill/0', {
    budget: (result) => ({
      ...result,
      claims: result.claims.map((claim) =>
        claim.topic === 'spend/total'
          ? relabelled(
              claim,
              (figure) => (figure.name === 'billed_cost' ? { ...figure, value: '93.82' } : figure),
              claim.statement.replace('BilledCost 83.82', 'BilledCost 93.82'),
            )
          : claim,
      ),
    }),
  });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^FIGURE_WRONG if:\/\/claim\/sha256\/[0-9a-f]{64}\/figures\/3 \(billed_cost\)$/);
});

test.each([
  ['an amount', '83.82 USD', '84.82 USD'],
  ['an amount with an invisible character in it', '83.82 USD', '83\u200B9.82 USD'],
  ['a percentage', 'The bill', '12.5 % too much: the bill'],
  ['an amount in other digits', '83.82 USD', '٩٩ USD'],
])('a sentence with %s its figures do not say', async (_, from, to) => {
  const problems = await told('budget/bill/0', {
    budget: (result) => ({
      ...result,
      claims: result.claims.map((claim) =>
        claim.topic === 'spend/total'
          ? relabelled(claim, (figure) => figure, claim.statement.replace(from, to))
          : claim,
      ),
    }),
  });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^STATEMENT_UNFOUNDED if:/);
});

test('a claim that is not named by its hash', async () => {
  const problems = await told('budget/bill/0', {
    budget: (result) => ({
      ...result,
      claims: result.claims.map((claim) => (claim.topic === 'spend/total' ? { ...claim, confidence: '1.00' } : claim)),
    }),
  });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^CLAIM_CHANGED if:/);
});

test('a saving moved from one finding to another, so that the total stays', async () => {
  const problems = await told('pricing/ebs/us-east-1/0', {
    judge: move({ 'vol-00000000000000001': '3.00', 'vol-00000000000000002': '1.00' }),
  });

  expect(problems).toStrictEqual([
    'FINDING_UNFOUNDED ebs-gp2-to-gp3 123456789012/us-east-1/vol-00000000000000001',
    'FINDING_UNFOUNDED ebs-gp2-to-gp3 123456789012/us-east-1/vol-00000000000000002',
  ]);
});

test('a finding surer than its claim', async () => {
  const problems = await told('rightsizing/ebs/us-east-1/0', {
    judge: (result) => ({
      ...result,
      findings: result.findings.map((finding) =>
        finding.verdict === 'FINDING' ? { ...finding, confidence: '1.00' } : finding,
      ),
    }),
  });

  expect(problems).toStrictEqual(['FINDING_UNFOUNDED ebs-unattached 123456789012/us-east-1/vol-00000000000000002']);
});

/** The same findings with other list savings, by resource. */
const move =
  (list: Record<string, string>) =>
  (result: JudgeResult): JudgeResult => ({
    ...result,
    findings: result.findings.map((finding) =>
      finding.savings === undefined
        ? finding
        : { ...finding, savings: { ...finding.savings, list: list[finding.resource.id] ?? finding.savings.list } },
    ),
  });
