import { array, assert, constant, constantFrom, integer, oneof, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { billTable } from '../bill/bill-table.ts';
import { dayOf } from '../bill/charge-instant.ts';
import { aSpendBill, type SpendLine } from '../testing/spend-bill.ts';
import { changeOf, type Compared } from './change.ts';
import { effectsOf } from './effects.ts';

const span = (first: string, last: string) => ({ first: dayOf(Date.parse(first)), last: dayOf(Date.parse(last)) });
const SEPTEMBER_OCTOBER: Compared = {
  column: 'BilledCost',
  lines: 'all',
  before: span('2026-09-01', '2026-09-30'),
  after: span('2026-10-01', '2026-10-31'),
};

const line = (month: '09' | '10', cost: string, quantity: string, more: SpendLine = {}): SpendLine => ({
  ChargePeriodStart: `2026-${month}-15`,
  BilledCost: cost,
  PricingQuantity: quantity,
  ...more,
});

const split = (lines: readonly SpendLine[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(effectsOf(billTable(aSpendBill(lines)), SEPTEMBER_OCTOBER, {}))
      .filter(([, amount]) => !amount.isZero())
      .map(([effect, amount]) => [effect, amount.toFixed(2)]),
  );

test.each<[string, SpendLine[], Record<string, string>]>([
  [
    'twice as much at the same price is quantity',
    [line('09', '10', '10'), line('10', '20', '20')],
    { quantity: '10.00' },
  ],
  ['the same at twice the price is price', [line('09', '10', '10'), line('10', '20', '10')], { price: '10.00' }],
  [
    'what both did together is price: 10 more hours at 1.00, then 20 hours at 0.50 more',
    [line('09', '10', '10'), line('10', '30', '20')],
    { quantity: '10.00', price: '10.00' },
  ],
  [
    'half as much at a higher price',
    [line('09', '10', '10'), line('10', '8', '5')],
    { quantity: '-5.00', price: '3.00' },
  ],
  ['what only the later month has started', [line('10', '7', '3')], { started: '7.00' }],
  ['what only the earlier month has ended', [line('09', '7', '3')], { ended: '-7.00' }],
  [
    'a tax has no quantity',
    [line('10', '2.50', '', { ChargeCategory: 'Tax', PricingUnit: '' })],
    { no_quantity: '2.50' },
  ],
  [
    'another unit is another use',
    [line('09', '10', '10'), line('10', '12', '3', { PricingUnit: 'GB-Mo' })],
    { started: '12.00', ended: '-10.00' },
  ],
  [
    'cents that rounding leaves over go to the largest part',
    [line('09', '0.01', '3'), line('10', '0.02', '4')],
    { price: '0.01' },
  ],
])('%s', (_, lines, expected) => {
  expect(split(lines)).toStrictEqual(expected);
});

test('the parts of any change add up to it, to the cent', () => {
  const amount = integer({ min: -100_000, max: 100_000 }).map((n) => (n / 1000).toFixed(3));
  const quantity = oneof(constant(''), constant('0'), integer({ min: 1, max: 9999 }).map(String));
  const anyLine = record({
    month: constantFrom('09' as const, '10' as const),
    cost: amount,
    quantity,
    unit: constantFrom('Hrs', 'GB', ''),
    category: constantFrom('Usage', 'Tax', 'Credit'),
  });
  assert(
    property(array(anyLine, { minLength: 1, maxLength: 12 }), (lines) => {
      const bill = billTable(
        aSpendBill(
          lines.map(({ month, cost, quantity: used, unit, category }) =>
            line(month, cost, used, { PricingUnit: unit, ChargeCategory: category }),
          ),
        ),
      );
      const { change } = changeOf(bill, SEPTEMBER_OCTOBER, {});
      const parts = Object.values(effectsOf(bill, SEPTEMBER_OCTOBER, {}));
      expect(parts.reduce((a, b) => a.plus(b)).toFixed(2)).toBe(change.toFixed(2));
    }),
    { numRuns: 300 },
  );
});
