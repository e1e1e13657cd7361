import { expect, test } from 'vitest';
import { type BillLine, aBill } from '../testing/index.ts';
import { billTable } from './bill-table.ts';
import { effectiveCostTrust } from './effective-cost-trust.ts';

const line = (BilledCost: string, EffectiveCost: string, more: BillLine = {}): BillLine => ({
  BilledCost,
  EffectiveCost,
  ...more,
});

test.each([
  ['whole on every fractional line and far away', [line('0.40', '0'), line('0.30', '0'), line('1.60', '2')], false],
  [
    'whole where rounding up and down cancels',
    [line('1.50', '2'), line('2.50', '2'), line('3.50', '4'), line('0.50', '0')],
    false,
  ],
  ['fractional on one line', [line('0.40', '0'), line('0.30', '0'), line('1.60', '1.60')], true],
  ['whole on two lines only', [line('0.40', '0'), line('0.30', '0')], true],
  ['whole where BilledCost is whole too', [line('4', '0'), line('3', '0'), line('1', '2')], true],
  ['within 1 % of BilledCost', [line('1000.40', '1000'), line('2000.30', '2000'), line('3000.60', '3001')], true],
  [
    'whole on purchases, whose cost is amortised elsewhere',
    ['0.40', '0.30', '1.60'].map((cost) => line(cost, '0', { ChargeCategory: 'Purchase' })),
    true,
  ],
])('EffectiveCost that is %s: believed is %s', (_, lines, believed) => {
  expect(effectiveCostTrust(billTable(aBill(lines))).map((one) => one.believed)).toStrictEqual([believed]);
});

test('providers are judged apart, with sums over all their lines', () => {
  const bill = aBill([
    line('0.40', '0'),
    line('0.30', '0.30', { ProviderName: 'Microsoft' }),
    line('0.30', '0'),
    line('1.60', '2'),
    line('5.00', '0', { ChargeCategory: 'Tax' }),
    line('-1.00', '0', { ChargeCategory: 'Credit' }),
  ]);
  expect(effectiveCostTrust(billTable(bill))).toStrictEqual([
    { provider: 'AWS', believed: false, effective: '2.00', billed: '6.30', zeroed: 3, tested: 3 },
    { provider: 'Microsoft', believed: true, effective: '0.30', billed: '0.30', zeroed: 0, tested: 1 },
  ]);
});
