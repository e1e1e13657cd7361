import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { indexAnswer } from '../inventory/index-answer.ts';
import type { Finding } from '../model/finding.ts';
import { findingId } from '../model/decision.ts';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { aSaving, anEvidenceId } from '../testing/index.ts';
import { addressNames } from './address-names.ts';
import { compareOpinions, knownAs } from './compare-opinions.ts';
import { readOpinions } from './read-opinions.ts';

const ACCOUNT = '111122223333';
const where = { region: 'us-east-1', account: ACCOUNT, evidence: anEvidenceId('a') };

function entriesOf(...Addresses: JsonObject[]) {
  const found = indexAnswer({ client: 'ec2', operation: 'DescribeAddresses', ...where, document: { Addresses } });
  return 'entries' in found ? found.entries : [];
}

test.each([
  ['its allocation', [{ PublicIp: '203.0.113.10', AllocationId: 'eipalloc-1' }], [['203.0.113.10', 'eipalloc-1']]],
  ['itself without an allocation', [{ PublicIp: '203.0.113.10' }], [['203.0.113.10', '203.0.113.10']]],
  [
    'neither of two allocations',
    [
      { PublicIp: '203.0.113.10', AllocationId: 'eipalloc-1' },
      { PublicIp: '203.0.113.10', AllocationId: 'eipalloc-2' },
    ],
    [],
  ],
] as const)('an address names %s', (_, addresses, names) => {
  const expected = names.map(([address, id]) => [knownAs({ type: 'ElasticIp', id: address }), id]);
  expect([...addressNames(entriesOf(...addresses))]).toStrictEqual(expected);
});

test('what Trusted Advisor says of an address meets the finding on its allocation', () => {
  const flagged = { status: 'warning', region: 'us-east-1', metadata: ['us-east-1', '203.0.113.10'] };
  const document = { result: { checkId: 'Z4AUBRNSmz', flaggedResources: [flagged] } };
  const answer = { client: 'support', operation: 'DescribeTrustedAdvisorCheckResult', ...where, document };
  const { opinions, asked } = readOpinions(answer)!;
  const rule = FINOPS_RULES.find((one) => one.appliesTo === 'ElasticIp' && one.actionType === 'Delete')!;
  const made = aSaving({ rule: rule.id, id: 'eipalloc-1', step: rule.step, saving: 365, cost: 365 }).finding;
  const finding: Finding = {
    ...made,
    actionType: 'Delete',
    resource: { ...made.resource, account: ACCOUNT, region: 'us-east-1', type: 'ElasticIp' },
  };
  const entries = entriesOf({ PublicIp: '203.0.113.10', AllocationId: 'eipalloc-1' });
  const compared = compareOpinions(opinions, asked, {
    findings: [finding],
    counted: new Set([findingId(finding)]),
    rules: FINOPS_RULES,
    roles: ['pricing'],
    known: new Set([knownAs({ type: 'ElasticIp', id: 'eipalloc-1' })]),
    calledOtherwise: addressNames(entries),
    claims: new Map(),
  });
  expect(compared.map(({ verdict, reason, id }) => [verdict, reason, id])).toStrictEqual([
    ['agree', 'NO_AMOUNT', 'eipalloc-1'],
  ]);
});
