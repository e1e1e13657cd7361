import { expect, test } from 'vitest';
import { billTable } from '../bill/bill-table.ts';
import { aBill, onDay } from '../testing/index.ts';
import { dailyCosts } from './daily-costs.ts';

test('adds up the lines of a day, account, region, service and category, exactly', () => {
  const bill = aBill([
    { BilledCost: '0.1', ...onDay('2026-11-01') },
    { BilledCost: '0.2', ...onDay('2026-11-01') },
    { BilledCost: '5', ...onDay('2026-11-01'), ChargeCategory: 'Tax' },
    { BilledCost: '7', EffectiveCost: '6', ...onDay('2026-11-02'), SubAccountId: '123456789' },
  ]);
  const row = {
    provider: 'AWS',
    account: '111122223333',
    region: 'us-east-1',
    service: 'Amazon Elastic Compute Cloud',
    currency: 'USD',
  };
  const cost = (amount: string) => ({
    list_cost: amount,
    contracted_cost: amount,
    effective_cost: amount,
    billed_cost: amount,
  });
  expect(dailyCosts(billTable(bill))).toStrictEqual([
    { day: '2026-11-01', ...row, category: 'Usage', ...cost('0.30') },
    { day: '2026-11-01', ...row, category: 'Tax', ...cost('5.00') },
    { day: '2026-11-02', ...row, account: '000123456789', category: 'Usage', ...cost('7.00'), effective_cost: '6.00' },
  ]);
});
