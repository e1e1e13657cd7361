import { expect, it } from 'vitest';
import { confidenceOf } from './confidence.ts';
import type { Finding, Grade } from './model/finding.ts';
import { priorityOf } from './priority.ts';
import { hasEnded } from './life-state.ts';
import { aPriceTable, anEvidenceId } from './testing/index.ts';

const finding = (effort: Grade, risk: Grade, more: Partial<Finding> = {}): Finding => ({
  rule: 'r',
  ref: 'R',
  role: 'pricing',
  service: 'ec2',
  resource: { account: '123456789012', region: 'us-east-1', type: 'Ec2Instance', id: 'i' },
  verdict: 'FINDING',
  confidence: '0.80',
  effort,
  risk,
  ...more,
});

// Score = net x confidence x (1 - 0.2 x worse grade): 125.00 x 0.80 x 1 = 100.
it.each<[string, Grade, Grade, 'high' | 'medium' | 'low']>([
  ['125.00', 'VeryLow', 'VeryLow', 'high'],
  ['124.99', 'VeryLow', 'VeryLow', 'medium'],
  ['125.00', 'Low', 'VeryLow', 'medium'],
  ['156.25', 'VeryLow', 'Low', 'high'],
  ['12.50', 'VeryLow', 'VeryLow', 'medium'],
  ['12.49', 'VeryLow', 'VeryLow', 'low'],
  ['600.00', 'VeryHigh', 'Low', 'medium'],
  ['0.00', 'VeryLow', 'VeryLow', 'low'],
])('a net saving of %s with effort %s and risk %s is %s', (net, effort, risk, priority) => {
  expect(priorityOf(finding(effort, risk), net)).toBe(priority);
});

it.each([
  [10, 'high'],
  [7, 'high'],
  [6.9, 'medium'],
  [4, 'medium'],
  [3, 'low'],
])('advice without dollars of severity %d is %s', (severity, priority) => {
  expect(priorityOf(finding('Low', 'Low', { severity }))).toBe(priority);
});

it.each([
  ['0.90', [], false, '0.90'],
  ['0.90', [], true, '0.95'],
  ['0.90', ['2026-01-01'], false, '0.80'],
  ['0.90', ['2026-01-01'], true, '0.90'],
  ['0.05', ['2026-01-01'], false, '0.00'],
  ['1.00', ['2026-11-01'], true, '1.00'],
])('confidence %s with prices of %j, billed %s, is %s', (stated, dates, billed, expected) => {
  const entries = dates.map((date) => aPriceTable({ a: '1' }, date)('a')!);
  expect(confidenceOf(stated, { entries, asOf: '2026-11-20', billed })).toBe(expected);
});

it('is no surer than the least sure entry', () => {
  const citation = { evidence: anEvidenceId('t'), pointer: '', media_type: 'application/json' as const };
  const entries = [{ value: { usd: '1', as_of: '2026-11-20', confidence: '0.70' }, citation }];
  expect(confidenceOf('0.90', { entries, asOf: '2026-11-20', billed: false })).toBe('0.70');
});

it.each([
  ['Ec2Instance', { State: { Name: 'terminated' } }, true],
  ['Ec2Instance', { State: { Name: 'stopped' } }, false],
  ['Ec2Instance', {}, false],
  ['NatGateway', { State: 'deleted' }, true],
  ['RdsDbInstance', { DBInstanceStatus: 'deleting' }, true],
  ['DynamoDbTable', { TableStatus: 'ACTIVE' }, false],
  ['OpenSearchDomain', { Deleted: true }, true],
  ['OpenSearchDomain', { Deleted: false }, false],
  ['KmsKey', { KeyState: 'PendingDeletion' }, true],
  ['Secret', { DeletedDate: '2026-01-01' }, true],
  ['S3Bucket', { Name: 'b' }, false],
] as const)('%s %j is gone: %s', (type, item, gone) => {
  expect(hasEnded(type, item)).toBe(gone);
});
