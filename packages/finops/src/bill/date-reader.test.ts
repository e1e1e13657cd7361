import { expect, test } from 'vitest';
import { dateReader } from './date-reader.ts';
import { tableView } from './line-view.ts';

const COLUMNS = ['ChargePeriodStart', 'ChargePeriodEnd', 'BillingPeriodStart', 'BillingPeriodEnd'];
const DATES = {
  chargePeriod: ['ChargePeriodStart', 'ChargePeriodEnd'],
  billingPeriod: ['BillingPeriodStart', 'BillingPeriodEnd'],
} as const;

const startOf = (rows: string[][], columns = COLUMNS): string | undefined => {
  const ms = dateReader(tableView({ columns, rows }), DATES)(rows[0]![0]!);
  return ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 10);
};

test.each([
  ['ISO dates', [['2025-04-01', '2025-05-01', 'x', 'y']], '2025-04-01'],
  [
    'a billing period that is a month only with the month first',
    [['4/1/25', '4/2/25', '4/1/25', '5/1/25']],
    '2025-04-01',
  ],
  ['four digits of a year', [['12/31/2025', '1/1/2026', '12/1/2025', '1/1/2026']], '2025-12-31'],
  ['a billing period that is a month only with the day first', [['1/4/25', '2/4/25', '1/4/25', '1/5/25']], undefined],
  ['a billing period that is whole months both ways', [['1/1/25', '2/2/25', '1/1/25', '1/1/26']], undefined],
  [
    'one line that fits no order',
    [
      ['4/1/25', '4/2/25', '4/1/25', '5/1/25'],
      ['4/31/25', '5/1/25', '4/1/25', '5/1/25'],
    ],
    undefined,
  ],
  ['a charge that ends before it starts', [['4/3/25', '4/2/25', '4/1/25', '5/1/25']], undefined],
])('%s', (_, rows, day) => {
  expect(startOf(rows)).toBe(day);
});

test('slashed dates without a billing period are not read', () => {
  expect(startOf([['4/1/25', '4/2/25']], COLUMNS.slice(0, 2))).toBe(undefined);
});
