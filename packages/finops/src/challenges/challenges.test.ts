import { type Claim, makeClaim } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { aBill, aBillCitation, anEvidenceId, aCitedBill, onDay } from '../testing/index.ts';
import type { BillLine } from '../testing/index.ts';
import { WHOLE_REMOVALS } from './challenge.ts';
import { challengeResult } from './challenge-result.ts';
import { BILLED_HOURS_MONTH, LOWER_CASH, LOWER_FREED, LOWER_SAVING, PERCENT_APART } from './derivations.ts';

const ID = 'i-0123456789abcdef0';
const params = { resource_id: ID, column: 'ListCost' };
const monthOf = (lines: readonly BillLine[]): string => BILLED_HOURS_MONTH.compute([aBill(lines)], params);

describe('what a bill says a resource costs in 730 hours', () => {
  test.each<[what: string, lines: BillLine[], usd: string]>([
    // 2.40 USD a day is 0.10 USD an hour: 73.00 USD.
    ['one day', [{ BilledCost: '2.40' }], '73.00'],
    ['two days', [{ BilledCost: '2.40' }, { ...onDay('2026-11-09'), BilledCost: '2.40' }], '73.00'],
    ['two lines of one day', [{ BilledCost: '1.20' }, { BilledCost: '1.20' }], '73.00'],
    ['one hour', [{ BilledCost: '0.10', ChargePeriodEnd: '2026-11-01T01:00:00Z' }], '73.00'],
    ['a tax beside it', [{ BilledCost: '2.40' }, { BilledCost: '9.00', ChargeCategory: 'Tax' }], '73.00'],
    ['another resource', [{ BilledCost: '2.40' }, { BilledCost: '9.00', ResourceId: 'i-2' }], '73.00'],
  ])('%s', (_, lines, usd) => {
    expect(monthOf(lines)).toBe(usd);
  });

  test('is not said of a resource the bill does not name', () => {
    expect(() => monthOf([{ ResourceId: 'i-2' }])).toThrow('expected usage lines of the resource, got none');
  });
});

test.each([
  ['15.00', '10.00', '50'],
  ['5.00', '10.00', '50'],
  ['10.00', '10.00', '0'],
  ['10.00', '0.00', '100'],
  ['0.00', '0.00', '0'],
])('%s is %s percent away', (one, other, apart) => {
  expect(PERCENT_APART.compute([one, other], {})).toBe(apart);
});

test.each([
  { saving: '15.00', limit: '10.00', freed: '3.00', counts: ['10.00', '2.00', '8.00'] },
  { saving: '10.00', limit: '15.00', freed: '3.00', counts: ['10.00', '3.00', '7.00'] },
  { saving: '0.00', limit: '15.00', freed: '0.00', counts: ['0.00', '0.00', '0.00'] },
])('of $saving at most $limit counts, its parts in the same shares', ({ saving, limit, freed, counts }) => {
  const cited = [saving, limit, freed];

  expect([LOWER_SAVING, LOWER_FREED, LOWER_CASH].map((one) => one.compute(cited, {}))).toStrictEqual(counts);
});

/** A claim that saves `usd`, derived from this evidence by this derivation. */
function aClaim(usd: string, evidence: string, derivation = 'finops/test@1'): Claim {
  const figure = {
    name: 'list_saving',
    value: usd,
    unit: 'USD/month',
    derivation: { id: derivation, params: {} },
    citations: [{ evidence, pointer: '', media_type: 'application/json' as const }],
  };
  return makeClaim({
    topic: 'saving',
    statement: 'It saves.',
    figures: [figure],
    citations: [],
    confidence: '0.90',
    role: 'pricing',
  });
}

const BILL = aCitedBill(aBill([{ BilledCost: '2.40' }]));
const billed = { resource_id: ID, basis: 'EffectiveCost' } as const;

test.each([
  ['73.00', 'confirm'],
  ['87.60', 'confirm'],
  ['87.61', 'disconfirm'],
  ['58.40', 'confirm'],
  ['58.39', 'disconfirm'],
])('%s against 73.00 on the bill: %s', (usd, outcome) => {
  expect(challengeResult(BILL, { claim: aClaim(usd, anEvidenceId('prices')), billed }).outcome).toBe(outcome);
});

test.each([
  ['ListCost', {}, '73.00'],
  ['ContractedCost', { ListCost: '0.00' }, '66.92'],
  ['EffectiveCost', { ListCost: '0.00', ContractedCost: '0.00' }, '60.83'],
])('compares at %s where that is the first that costs something', (column, costs, usd) => {
  const line = { BilledCost: '2.40', ContractedCost: '2.20', EffectiveCost: '2.00', ...costs };
  const bill = aCitedBill(aBill([line]));
  const { claims } = challengeResult(bill, { claim: aClaim('73.00', anEvidenceId('prices')), billed });

  expect(claims[0]?.figures.map(({ value }) => value)).toStrictEqual([usd, '60.83']);
  expect(claims[0]?.statement).toContain(`(${column})`);
});

test.each([
  ['the challenged derivation', aClaim('73.00', anEvidenceId('prices'), BILLED_HOURS_MONTH.id)],
  ['the evidence of the challenged claim', aClaim('73.00', aBillCitation().evidence)],
])('a challenger may not use %s', (_, claim) => {
  expect(() => challengeResult(BILL, { claim, billed })).toThrow(
    expect.objectContaining({ code: 'CHALLENGE_NOT_INDEPENDENT' }),
  );
});

test('every removal that a bill can confirm is a rule that removes', () => {
  const removing = new Set(FINOPS_RULES.filter(({ step }) => step === 'terminate').map(({ id }) => id));

  expect([...WHOLE_REMOVALS].filter((id) => !removing.has(id))).toStrictEqual([]);
});
