import { expect, test } from 'vitest';
import { type BillLine, aBill, aBillCitation, onDay } from '../testing/index.ts';
import { billTable } from './bill-table.ts';
import { costFacts } from './cost-facts.ts';
import { resourceCost } from './derivations.ts';

const facts = (lines: readonly BillLine[]) => costFacts(billTable(aBill(lines)), [aBillCitation()]);

test('two days of use are scaled to a month of 30.44 days', () => {
  const lines = [
    { BilledCost: '1.00', ...onDay('2026-11-01') },
    { BilledCost: '0.50', ...onDay('2026-11-01') },
    { BilledCost: '0.50', ...onDay('2026-11-02') },
  ];
  // 2.00 / 2 * 30.44
  expect(facts(lines)).toStrictEqual([
    {
      resource_id: 'i-0123456789abcdef0',
      account: '111122223333',
      effective: '30.44',
      on_demand: '30.44',
      list: '30.44',
      committed: '0',
      days: 2,
      basis: 'EffectiveCost',
      citations: [aBillCitation()],
    },
  ]);
});

test('what a commitment pays is committed, at its amortised cost', () => {
  const [one] = facts([
    { BilledCost: '3.00', ...onDay('2026-11-01') },
    { BilledCost: '0', EffectiveCost: '1.00', PricingCategory: 'Committed', ...onDay('2026-11-01') },
    { BilledCost: '0', EffectiveCost: '0.50', CommitmentDiscountStatus: 'Used', ...onDay('2026-11-01') },
  ]);
  // 3.00 * 30.44 and 1.50 * 30.44
  expect(one).toMatchObject({ effective: '136.98', on_demand: '91.32', committed: '45.66', days: 1 });
});

test.each(['Purchase', 'Tax', 'Credit', 'Adjustment', 'Refund', ''])(
  'a line of category %j is no use',
  (ChargeCategory) => {
    expect(facts([{ ChargeCategory, BilledCost: '9.00' }])).toStrictEqual([]);
  },
);

test('a line without a resource is nobody’s', () => {
  expect(facts([{ ResourceId: 'NULL' }, { ResourceId: '' }])).toStrictEqual([]);
});

test('a monthly line counts the days of its charge period, each day once', () => {
  const [one] = facts([
    { BilledCost: '30.00', ChargePeriodStart: '2026-11-01T00:00:00Z', ChargePeriodEnd: '2026-12-01T00:00:00Z' },
    { BilledCost: '0.44', ...onDay('2026-11-15') },
  ]);
  // 30.44 / 30 * 30.44 = 30.886453333333...
  expect(one).toMatchObject({ effective: '30.886453333333', days: 30 });
});

test('BilledCost stands in where EffectiveCost is rounded, for that provider only', () => {
  const rounded = ['0.40', '0.30', '1.60'].map((BilledCost) => ({ BilledCost, EffectiveCost: '0' }));
  const other = { ProviderName: 'Microsoft', ResourceId: '/subscriptions/x', BilledCost: '0', EffectiveCost: '1.00' };
  expect(facts([...rounded, other])).toMatchObject([
    { resource_id: '/subscriptions/x', basis: 'EffectiveCost', effective: '30.44' },
    // 2.30 * 30.44
    { resource_id: 'i-0123456789abcdef0', basis: 'BilledCost', effective: '70.012' },
  ]);
});

test('an EC2 resource that is billed by ARN and by id is one resource', () => {
  const arn = 'arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0';
  expect(facts([{ ResourceId: arn }, {}])).toMatchObject([{ resource_id: 'i-0123456789abcdef0', effective: '91.32' }]);
});

test('the account is left out when lines of one resource name two', () => {
  const [one] = facts([{ SubAccountId: '111122223333' }, { SubAccountId: '444455556666' }]);
  expect(one).not.toHaveProperty('account');
});

test('the derivation gives the parts again', () => {
  const table = aBill([
    { BilledCost: '3.00' },
    { BilledCost: '0', EffectiveCost: '1.00', PricingCategory: 'Committed' },
  ]);
  const part = (name: string) =>
    resourceCost.compute([table], { resource_id: 'i-0123456789abcdef0', column: 'EffectiveCost', part: name });
  expect(['effective', 'on_demand', 'committed'].map(part)).toStrictEqual(['121.76', '91.32', '30.44']);
  expect(() =>
    resourceCost.compute([table], { resource_id: 'i-1', column: 'EffectiveCost', part: 'effective' }),
  ).toThrow('expected usage lines of the resource, got none');
});

test('a resource that two providers bill is left out', () => {
  expect(facts([{ ProviderName: 'AWS' }, { ProviderName: 'Reseller' }])).toStrictEqual([]);
});
