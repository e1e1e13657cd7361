import { expect, it } from 'vitest';
import { anEvidenceId } from '../testing/index.ts';
import { heldCommitments } from './held.ts';

const BILL = { evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' } as const;
const read = (columns: string[], rows: string[][]) =>
  heldCommitments({ cited: [{ columns, rows }], citations: [BILL] }, 'EffectiveCost');

const FOCUS = ['BilledCost', 'ChargeCategory', 'CommitmentDiscountId', 'CommitmentDiscountStatus', 'EffectiveCost'];

it('says of every commitment how much of its cost paid for usage, badly used below 95 %', () => {
  const { held, claims } = read(FOCUS, [
    ['24', 'Purchase', 'plan', '', '0'],
    ['0', 'Usage', 'plan', 'Used', '18'],
    ['0', 'Usage', 'plan', 'Unused', '6'],
    ['0', 'Usage', 'reservation', 'Used', '19'],
    ['0', 'Usage', 'reservation', 'Unused', '1'],
    ['5', 'Usage', '', '', '5'],
  ]);
  // 18 of 24; 19 of 20.
  expect(held.map(({ id, utilisation, unused, is_low }) => [id, utilisation, unused, is_low])).toStrictEqual([
    ['plan', '75', '6.00', true],
    ['reservation', '95', '1.00', false],
  ]);
  expect(claims[0]?.statement).toBe(
    'Of the commitment plan 75 % paid for usage on this bill; 6.00 USD paid for nothing, which is more than a twentieth.',
  );
});

it('reads the unused part of a Savings Plan off its fee in a Cost and Usage Report', () => {
  const columns = [
    'line_item_line_item_type',
    'line_item_unblended_cost',
    'line_item_usage_start_date',
    'line_item_usage_end_date',
    'savings_plan_savings_plan_a_r_n',
    'savings_plan_savings_plan_effective_cost',
    'savings_plan_total_commitment_to_date',
    'savings_plan_used_commitment',
  ];
  const at = ['2026-11-01T00:00:00Z', '2026-11-01T01:00:00Z'];
  const { held } = read(columns, [
    ['SavingsPlanCoveredUsage', '0.096', ...at, 'arn:plan', '0.07', '', ''],
    ['SavingsPlanNegation', '-0.096', ...at, 'arn:plan', '', '', ''],
    ['SavingsPlanRecurringFee', '0.10', ...at, 'arn:plan', '', '0.10', '0.07'],
  ]);
  // 0.07 of 0.10.
  expect(held.map(({ id, utilisation, unused }) => [id, utilisation, unused])).toStrictEqual([
    ['arn:plan', '70', '0.03'],
  ]);
});

it('has nothing to say of a bill without commitments', () => {
  expect(read(FOCUS, [['5', 'Usage', '', '', '5']])).toStrictEqual({ held: [], claims: [] });
});
