import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { type Decision, DecisionDocument, findingId, findingIdOf } from '../model/decision.ts';
import { decisionsInForce, isSuppressing } from './decisions-in-force.ts';

const RULE = 'ebs-gp2-to-gp3';
const RESOURCE = '111122223333/eu-west-1/EbsVolume/vol-0123456789abcdef0';
const EVIDENCE = evidenceId('a'.repeat(64));

const aDecision = (given: Partial<Decision>): Decision => ({
  decision: 'accept',
  finding: findingIdOf(given.rule ?? RULE, RESOURCE),
  rule: RULE,
  resource: RESOURCE,
  by: 'Ann',
  at: '2026-11-01T10:00:00Z',
  ...given,
});

const inForce = (decisions: Decision[], asOf = '2026-11-20') =>
  decisionsInForce({ format: 'infrafabric.decisions/1', decisions }, EVIDENCE, asOf).map(({ decision, citation }) => [
    decision.decision,
    citation.pointer,
  ]);

test('a finding is named by the sha256 of its rule and resource, the same in every report', () => {
  const resource = {
    account: '111122223333',
    region: 'eu-west-1',
    type: 'EbsVolume',
    id: 'vol-0123456789abcdef0',
  } as const;
  expect(findingId({ rule: RULE, resource })).toBe(`f-${sha256Hex(`${RULE} ${RESOURCE}`).slice(0, 16)}`);
});

test.each([
  ['2026-11-19', [['snooze', '/decisions/0']]],
  ['2026-11-20', []],
  ['2026-11-21', []],
])('a snooze until 2026-11-20, seen on %s', (asOf, expected) => {
  expect(inForce([aDecision({ decision: 'snooze', until: '2026-11-20' })], asOf)).toStrictEqual(expected);
});

test('only the latest decision about a finding counts, and one that is over brings no older one back', () => {
  const reject = aDecision({ decision: 'reject', reason: 'kept for the audit' });
  const accept = aDecision({});
  const other = aDecision({ rule: 'ebs-unattached' });
  expect(inForce([reject, other, accept])).toStrictEqual(
    [
      ['accept', '/decisions/1', other.finding],
      ['accept', '/decisions/2', accept.finding],
    ]
      .toSorted((a, b) => ((a[2] ?? '') < (b[2] ?? '') ? -1 : 1))
      .map(([decision, pointer]) => [decision, pointer]),
  );
  expect(inForce([reject, aDecision({ decision: 'snooze', until: '2026-11-02' })])).toStrictEqual([]);
  expect(inForce([reject, aDecision({ decision: 'withdraw' })])).toStrictEqual([]);
});

test.each([
  ['accept', false],
  ['snooze', true],
  ['reject', true],
] as const)('%s takes a finding out of the totals: %s', (decision, expected) => {
  expect(isSuppressing(aDecision({ decision }))).toBe(expected);
});

test.each([
  [{ decision: 'snooze' }, 'a snooze to have `until`'],
  [{ decision: 'reject' }, 'a rejection to have `reason`'],
  [{ finding: 'f-0000000000000000' }, '`finding` to name rule and resource'],
  [{ at: 'yesterday' }, 'datetime'],
] as const)('refuses %j', (given, why) => {
  const parsed = DecisionDocument.safeParse({ format: 'infrafabric.decisions/1', decisions: [aDecision(given)] });
  expect(parsed.error?.issues[0]?.message).toContain(why);
});
