import { type ChallengeResult, type Finding, type JudgeResult } from '@infrafabric/finops';
import type { BillLine } from '@infrafabric/finops/testing';
import { canonicalBytes, type Claim, digestOf, makeClaim } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from './compose.ts';
import {
  aReportFolder,
  aSmallSession,
  challenged,
  type EndedTask,
  gatheredIn,
  partsOf,
  problemsOf,
  type TestSession,
  verified,
} from './testing/index.ts';

const UNATTACHED = 'vol-00000000000000002';

/** Three days of one volume: 100 GiB of gp2 at 0.10 USD are 10.00 USD a month, 10.00 x 24 / 730 = 0.328767 USD a day. */
const BILL: readonly BillLine[] = [1, 2, 3].map((day) => ({
  ChargePeriodStart: `2026-11-0${day}T00:00:00Z`,
  ChargePeriodEnd: `2026-11-0${day + 1}T00:00:00Z`,
  SubAccountId: '123456789012',
  ResourceId: UNATTACHED,
  BilledCost: '0.328767',
}));

const honest = (): TestSession => aSmallSession({ bill: BILL });

/** The agent of unattached volumes derives everything half too high, and has not looked at the bill. */
const planted = (): TestSession => withJudge(honest(), 'rightsizing/ebs/us-east-1/0', overstated);

function withJudge(session: TestSession, task: string, change: (result: JudgeResult) => JudgeResult): TestSession {
  const tasks = session.tasks.map((one): EndedTask => {
    const isIt = one.spec.task_id === task && 'kind' in one.end && one.end.kind === 'judge';
    return isIt ? { ...one, end: change(one.end) } : one;
  });
  return { ...session, tasks };
}

function overstated(result: JudgeResult): JudgeResult {
  const found = result.findings.find((finding): finding is Finding => finding.rule === 'ebs-unattached')!;
  const { id: _, ...honestly } = result.claims.find((claim) => claim.id === found.claim)!;
  const figures = honestly.figures
    .filter(({ name }) => name.startsWith('list_'))
    .map((figure) => ({ ...figure, value: '15.00', derivation: { id: 'finops/planted@1', params: {} } }));
  const claim = makeClaim({ ...honestly, statement: 'The volume costs 15.00 USD/month.', figures });
  const savings = { basis: 'list', list: '15.00', effective: '15.00', cash_now: '15.00' } as const;
  return {
    ...result,
    findings: [{ ...found, claim: claim.id, savings: { ...savings, freed_commitment: '0.00', cap: '15.00' } }],
    claims: [claim],
  };
}

/** The same answers to challenges, told otherwise. */
function answered(session: TestSession, change: (result: ChallengeResult) => ChallengeResult): TestSession {
  const tasks = session.tasks.map((one): EndedTask =>
    'kind' in one.end && one.end.kind === 'challenge' ? { ...one, end: change(one.end) } : one,
  );
  return { ...session, tasks };
}

test('an honest saving is confirmed, and no total changes', async () => {
  const session = await challenged(honest());
  const report = composeReport(gatheredIn(session));

  expect(report.challenges).toMatchObject({ confirmed: 1, disconfirmed: 0, unanswered: 0, lowered_by: '0.00' });
  expect(report.challenges?.items[0]).toMatchObject({
    outcome: 'confirm',
    rule: 'ebs-unattached',
    claimed: '10.00',
    second: '10.00',
    apart_percent: '0',
  });
  expect(report.totals).toStrictEqual(composeReport(gatheredIn(honest())).totals);
  expect(problemsOf(await verified(aReportFolder(session), session))).toStrictEqual([]);
});

test('a planted derivation is disconfirmed: both values stand, and the headline falls to the smaller', async () => {
  const session = await challenged(planted());
  const report = composeReport(gatheredIn(session));

  expect(composeReport(gatheredIn(planted())).totals.net_effective).toBe('17.00');
  expect(report.totals).toMatchObject({ gross_list: '19.00', net_effective: '12.00', net_cash_now: '12.00' });
  expect(report.challenges).toMatchObject({ confirmed: 0, disconfirmed: 1, lowered_by: '5.00' });
  expect(report.challenges?.items[0]).toMatchObject({
    outcome: 'disconfirm',
    claimed: '15.00',
    effective: '15.00',
    second: '10.00',
    apart_percent: '50',
    counted: '10.00',
  });
  expect(problemsOf(await verified(aReportFolder(session), session))).toStrictEqual([]);
});

test.each(['report.html', 'report.md'])('both values are in %s', async (path) => {
  const text = new TextDecoder().decode(aReportFolder(await challenged(planted())).get(path));

  expect(text).toContain('One saving was disconfirmed by a second agent: the smaller value counts, 5.00 USD');
  expect(text).toContain('DISCONFIRMED');
  expect(text).toContain('5.00 USD a month less.');
  expect(text).toMatch(/15\.00[^]*10\.00/);
});

test('a report whose headline ignores the disconfirm is refused', async () => {
  const session = await challenged(planted());
  const deaf = composeReport(gatheredIn(planted()));
  const whole = partsOf(session);
  const report = { ...whole.report, totals: deaf.totals, findings: deaf.findings, claims: deaf.claims };
  const reportBytes = canonicalBytes(report);
  const named = { ...whole.session, report_sha256: digestOf(reportBytes) };
  const problems = problemsOf(await verified(aReportFolder(session, { report, reportBytes, session: named }), session));

  expect(problems).toContain('REPORT_DIFFERS report.json');
});

test('an answer that says confirm over figures that say otherwise is refused', async () => {
  const session = answered(await challenged(planted()), (result) => ({ ...result, outcome: 'confirm' }));

  expect(problemsOf(await verified(aReportFolder(session), session))).toStrictEqual([
    `CHALLENGE_UNFOUNDED ebs-unattached 123456789012/us-east-1/${UNATTACHED}`,
  ]);
});

test('a second figure from the evidence of the first is refused', async () => {
  const honestly = await challenged(planted());
  const first = gatheredIn(honestly)
    .results.flatMap(({ result }) => ('claims' in result ? result.claims : []))
    .find((claim) => claim.figures.some(({ derivation }) => derivation.id === 'finops/planted@1'))!;
  const session = answered(honestly, (result) => parroted(result, first));

  expect(problemsOf(await verified(aReportFolder(session), session))).toContain(
    `CHALLENGE_UNFOUNDED ebs-unattached 123456789012/us-east-1/${UNATTACHED}`,
  );
});

/** The answer of a challenger that repeats the first derivation. */
function parroted(result: ChallengeResult, first: Claim): ChallengeResult {
  const [{ id: _, ...second }, { id: __, ...verdict }] = result.claims as [Claim, Claim];
  const { value, derivation, citations } = first.figures[0]!;
  const again = makeClaim({
    ...second,
    statement: 'The same again.',
    figures: second.figures.map((figure) => ({ ...figure, value, derivation, citations })),
  });
  const [apart] = verdict.figures;
  const [one, other] = apart!.citations;
  const told = makeClaim({
    ...verdict,
    statement: 'confirm',
    figures: [{ ...apart!, value: '0', citations: [one!, { ...other!, evidence: again.id }] }],
  });
  return { ...result, outcome: 'confirm', second: again.id, verdict: told.id, claims: [again, told] };
}

test('a challenge without an answer confirms nothing and lowers nothing', () => {
  const { challenges, totals } = composeReport(gatheredIn(planted()));

  expect(challenges).toMatchObject({ confirmed: 0, disconfirmed: 0, unanswered: 1 });
  expect(totals.net_effective).toBe('17.00');
});

test('what the bill does not hold is not challengeable, and says why', () => {
  const { challenges } = composeReport(
    gatheredIn(aSmallSession({ bill: BILL.map((line) => ({ ...line, ResourceId: 'vol-00000000000000009' })) })),
  );

  expect(challenges?.confirmed).toBe(0);
  expect(
    challenges?.items.map(({ outcome, rule, ...rest }) => [outcome, rule, 'reason' in rest && rest.reason]),
  ).toStrictEqual([
    ['not-challengeable', 'ebs-unattached', 'NOT_ON_BILL'],
    ['not-challengeable', 'ebs-gp2-to-gp3', 'NO_SECOND_PRICE'],
    ['not-challengeable', 'ebs-gp2-to-gp3', 'NO_SECOND_PRICE'],
  ]);
});
