import type { Gathered, GatheredResult } from '@infrafabric/finops';
import { Decimal } from '@infrafabric/finops';
import { canonicalJson } from '@infrafabric/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeReport } from './compose.ts';
import { isFinding, isUnknown, Report } from './model.ts';
import { aSmallSession, aVolumeItem, gatheredIn } from './testing/index.ts';

const gathered = gatheredIn(aSmallSession());
const report = composeReport(gathered);

test('the totals are those of a hand calculation', () => {
  /* 0.30 USD a day x 30.44 = 9.13, of it 2/10 by gp3 = 1.83, cash; 0.25 x 30.44 = 7.61, all of it by deletion, committed. */
  expect({ ...report.totals, claim: '' }).toStrictEqual({
    claim: '',
    findings: 3,
    gross_list: '14.00',
    gross_effective: '10.96',
    net_effective: '9.44',
    net_cash_now: '1.83',
    net_freed_commitment: '7.61',
    net_confident: '9.44',
    net_to_confirm: '0.00',
  });
});

const item = fc.record({
  Size: fc.integer({ min: 1, max: 16_000 }),
  VolumeType: fc.constantFrom('gp2', 'gp3', 'io1', 'standard'),
  State: fc.constantFrom('in-use', 'available'),
});

test('totals are the sum of their parts, whatever the estate', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), (items) => {
      const volumes = items.map((one, at) =>
        aVolumeItem(at + 1, { ...one, Iops: 100, ...(one.State === 'available' ? { Attachments: [] } : {}) }),
      );
      const { findings, totals } = composeReport(gatheredIn(aSmallSession({ volumes })));
      const nets = findings.filter(isFinding).flatMap((finding) => finding.net ?? []);

      expect([
        sum(nets.map((net) => net.effective)),
        sum(nets.map((net) => net.cash_now)),
        sum(nets.map((net) => net.freed_commitment)),
        sum([totals.net_cash_now, totals.net_freed_commitment]),
      ]).toStrictEqual([totals.net_effective, totals.net_cash_now, totals.net_freed_commitment, totals.net_effective]);
    }),
    { seed: 20_261_120, numRuns: 40 },
  );
});

test('the order in which results and files came does not matter', () => {
  const bytes = canonicalJson(report);
  fc.assert(
    fc.property(shuffled(gathered.results), shuffled(gathered.manifest.files), (results, files) => {
      const mixed = results.map((one) => ({ ...one, result: reversed(one.result) }));
      expect(
        canonicalJson(composeReport({ ...gathered, results: mixed, manifest: { ...gathered.manifest, files } })),
      ).toBe(bytes);
    }),
    { seed: 20_261_120, numRuns: 25 },
  );
});

test('a failed task is a gap by its name, and its part is not in the totals', () => {
  const failed = { 'rightsizing/ebs/us-east-1/0': { code: 'TASK_TIMEOUT', detail: 'no answer in 600 s' } };
  const { gaps, totals, plan } = composeReport(gatheredIn(aSmallSession({ failed })));

  expect(gaps).toStrictEqual([
    { code: 'TASK_TIMEOUT', what: 'rightsizing/ebs/us-east-1/0', detail: 'no answer in 600 s' },
  ]);
  expect(totals.net_effective).toBe('3.35');
  expect(plan.tasks).toStrictEqual(report.plan.tasks);
});

test('a call that AWS denied is a gap', () => {
  const call = { account: '123456789012', region: 'eu-west-1', client: 'rds', operation: 'DescribeDBInstances' };
  const denied = { ...gathered.manifest, failed: [{ ...call, error_code: 'AccessDenied' }] };

  expect(composeReport({ ...gathered, manifest: denied }).gaps).toStrictEqual([
    {
      code: 'REQUEST_FAILED',
      what: '123456789012/eu-west-1 rds.DescribeDBInstances',
      detail: 'AWS answered AccessDenied; what this call would have listed was not analysed',
    },
  ]);
});

test.each([
  [
    { error_code: 'AccessDenied', denied: ['rds:DescribeDBInstances'] },
    'AWS_ACCESS_DENIED: add to the policy {"Effect":"Allow","Action":["rds:DescribeDBInstances"],"Resource":"*"}; ',
  ],
  [{ error_code: 'AccessDenied', denied: ['rds.DescribeDBInstances'] }, ''],
  [
    { error_code: 'AccessDeniedException', code: 'AWS_COST_EXPLORER_NOT_ENABLED' },
    'AWS_COST_EXPLORER_NOT_ENABLED: enable Cost Explorer in the billing console of the payer account; AWS needs up to 24 hours to prepare the data; ',
  ],
] as const)('a gap of %j says what to do', (failure, advice) => {
  const call = { account: '123456789012', region: 'eu-west-1', client: 'rds', operation: 'DescribeDBInstances' };
  const manifest = { ...gathered.manifest, failed: [{ ...call, ...failure }] };
  expect(composeReport({ ...gathered, manifest }).gaps[0]?.detail).toBe(
    `AWS answered ${failure.error_code}; ${advice}what this call would have listed was not analysed`,
  );
});

test('a support plan the account has not bought is a note, and no gap', () => {
  const call = { region: 'global', client: 'support', operation: 'DescribeTrustedAdvisorChecks' };
  const failure = { error_code: 'SubscriptionRequiredException', code: 'AWS_SUPPORT_PLAN_REQUIRED' } as const;
  const failed = ['222222222222', '111111111111'].map((account) => ({ account, ...call, ...failure }));
  const { gaps, notes } = composeReport({ ...gathered, manifest: { ...gathered.manifest, failed } });
  expect(gaps.filter(({ code }) => code === 'REQUEST_FAILED')).toStrictEqual([]);
  expect(notes.filter(({ code }) => code === 'AWS_SUPPORT_PLAN_REQUIRED').map(({ detail }) => detail)).toStrictEqual([
    'Trusted Advisor answers only accounts with a Business, Enterprise On-Ramp or Enterprise support plan; not asked of 111111111111, 222222222222',
  ]);
});

test('an account of the estate that the bill does not charge is a gap', () => {
  const gaps = gapsWithAccounts(['123456789012', '999999999999']);

  expect(gaps).toStrictEqual([
    {
      code: 'BILL_DOES_NOT_COVER_ACCOUNT',
      what: '999999999999',
      detail: 'the bill has no charge of these accounts of the estate; savings of their resources are at list price',
    },
  ]);
});

test('of many uncovered accounts five are named and the others counted', () => {
  const accounts = Array.from({ length: 8 }, (_, at) => String(at).repeat(12));

  expect(gapsWithAccounts(accounts).map((gap) => gap.what)).toStrictEqual([
    '000000000000, 111111111111, 222222222222, 333333333333, 444444444444 and 3 more',
  ]);
});

test('without a bill no account is uncovered', () => {
  const results = gathered.results.filter(({ result }) => result.kind !== 'bill');

  expect(composeReport({ ...gathered, results }).gaps).toStrictEqual([]);
});

test('resources a rule could not judge for one reason are one group', () => {
  expect(report.findings.filter(isUnknown)).toStrictEqual([
    {
      verdict: 'UNKNOWN',
      rule: 'ebs-on-stopped-instance',
      ref: 'EBS-03',
      role: 'rightsizing',
      service: 'ebs',
      reason: 'NOT_COLLECTED',
      detail: 'The instance the volume is attached to is not in the inputs.',
      resources: ['vol-00000000000000001', 'vol-00000000000000003'].map((id) => ({
        account: '123456789012',
        region: 'us-east-1',
        type: 'EbsVolume',
        id,
        name: 'data',
      })),
    },
  ]);
});

test('coverage adds up over tasks, and files nobody reads are counted', () => {
  const twice = composeReport({ ...gathered, results: [...gathered.results, ...again(gathered.results)] });

  expect(twice.coverage.find((part) => part.rule === 'ebs-unattached')).toStrictEqual({
    rule: 'ebs-unattached',
    service: 'ebs',
    finding: 1,
    ok: 4,
    unknown: 0,
  });
  expect(report.inputs.unused).toStrictEqual([
    { what: 'iam.ListRoles', reason: 'UNKNOWN_CLIENT', count: 2 },
    { what: 'notes.txt', reason: 'NOT_AN_ANSWER', count: 1 },
  ]);
});

test('what is composed has the published shape', () => {
  expect(Report.parse(JSON.parse(canonicalJson(report)))).toStrictEqual(JSON.parse(canonicalJson(report)));
});

const sum = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)).toFixed(2);

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });

/** The same result with its lists the other way round. */
function reversed(result: GatheredResult['result']): GatheredResult['result'] {
  if (result.kind === 'judge')
    return {
      ...result,
      findings: result.findings.toReversed(),
      claims: result.claims.toReversed(),
      coverage: result.coverage.toReversed(),
    };
  if (result.kind === 'decisions') return { ...result, decisions: result.decisions.toReversed() };
  if (result.kind === 'commitments' || result.kind === 'challenge')
    return { ...result, claims: result.claims.toReversed() };
  return result.kind === 'index' || result.kind === 'live'
    ? result
    : { ...result, claims: result.claims.toReversed(), notes: result.notes.toReversed() };
}

/** A second rightsizing task that found nothing on two more resources. */
function again(results: readonly GatheredResult[]): GatheredResult[] {
  return results
    .filter(({ task_id }) => task_id.startsWith('rightsizing/'))
    .map((one) => ({
      ...one,
      task_id: 'rightsizing/ebs/us-east-1/1',
      result: {
        kind: 'judge',
        findings: [],
        claims: [],
        coverage: [{ rule: 'ebs-unattached', service: 'ebs', finding: 0, ok: 2, unknown: 0 }],
      },
    }));
}

function gapsWithAccounts(accounts: readonly string[]): Report['gaps'] {
  const results: Gathered['results'] = gathered.results.map((one) =>
    one.result.kind === 'index' ? { ...one, result: { ...one.result, accounts } } : one,
  );
  return composeReport({ ...gathered, results }).gaps;
}

test.each([
  [0, 'PRICES_EMBEDDED', 'the table embedded in InfraFabric'],
  [40, 'PRICES_UPDATED', '40 read from AWS, the others embedded'],
])('says where the prices come from and how old they are: %i updated', (updated, code, from) => {
  const price_table = { entries: 100, updated, newest: '2026-11-19', median_age_days: 12 };
  const { notes } = composeReport({ ...gathered, request: { ...gathered.request, price_table } });

  expect(notes.filter((note) => note.code.startsWith('PRICES_'))).toStrictEqual([
    {
      code,
      detail: `100 list prices: ${from}; the newest of 2026-11-19, half of them older than 12 days on ${gathered.request.as_of}`,
    },
  ]);
});
