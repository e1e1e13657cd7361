import { describe, expect, test } from 'vitest';
import { billTable } from '../bill/bill-table.ts';
import { dayOf, dayText, monthOf } from '../bill/charge-instant.ts';
import { type BillLine, aBill, onDay } from '../testing/index.ts';
import { dailyHistory, lastDayOf, spentIn } from './daily-history.ts';
import { monthEnd } from './period-end.ts';

const use = (day: string, BilledCost: string): BillLine => ({ BilledCost, ...onDay(day) });
const read = (lines: readonly BillLine[], asOf: string) => {
  const history = dailyHistory(billTable(aBill(lines)), { column: 'BilledCost' }, asOf);
  if (history === undefined) return undefined;
  return {
    first: dayText(history.firstDay),
    last: dayText(lastDayOf(history)),
    daily: history.daily.map((cost) => cost.toFixed(2)),
    fixed: history.fixed.map(({ day, cost }) => [dayText(day), cost.toFixed(2)]),
    spent: spentIn(history, monthOf(dayOf(Date.parse(asOf)))).toFixed(2),
  };
};

describe('the history of a bill', () => {
  test('of some lines has the days of the whole bill', () => {
    const lines = [
      use('2026-11-01', '1'),
      { ...use('2026-11-02', '5'), RegionId: 'eu-west-1' },
      use('2026-11-03', '2'),
    ];
    const lets = (line: number): boolean => line === 1;
    const history = dailyHistory(billTable(aBill(lines)), { column: 'BilledCost', lets }, '2026-11-20');
    expect(history?.daily.map((cost) => cost.toFixed(2))).toStrictEqual(['0.00', '5.00', '0.00']);
  });

  test('has the complete days before the date, zeros between, and only what the month spent', () => {
    const lines = [
      use('2026-10-30', '7'),
      use('2026-11-01', '1'),
      use('2026-11-03', '2'),
      use('2026-11-04', '99'),
      use('2026-11-05', '99'),
    ];
    expect(read(lines, '2026-11-04')).toStrictEqual({
      first: '2026-10-30',
      last: '2026-11-03',
      daily: ['7.00', '0.00', '1.00', '0.00', '2.00'],
      fixed: [],
      spent: '3.00',
    });
  });

  test('leaves out a last day that no charge period completes', () => {
    const hour = { ChargePeriodStart: '2026-11-02T00:00:00Z', ChargePeriodEnd: '2026-11-02T01:00:00Z' };
    expect(read([use('2026-11-01', '1'), { BilledCost: '5', ...hour }], '2026-11-20')).toMatchObject({
      last: '2026-11-01',
      spent: '1.00',
    });
    const evening = { ChargePeriodStart: '2026-11-02T23:00:00Z', ChargePeriodEnd: '2026-11-03T00:00:00Z' };
    expect(
      read([use('2026-11-01', '1'), { BilledCost: '5', ...hour }, { BilledCost: '5', ...evening }], '2026-11-20'),
    ).toMatchObject({ last: '2026-11-02', spent: '11.00' });
  });

  test('keeps purchases, taxes, credits and monthly fees apart from days of use', () => {
    const lines = [
      use('2026-11-01', '1'),
      { ...use('2026-11-01', '100'), ChargeCategory: 'Purchase' },
      { ...use('2026-11-02', '-3'), ChargeCategory: 'Credit' },
      { ...use('2026-10-31', '50'), ChargeCategory: 'Tax' },
      { BilledCost: '30', ChargePeriodStart: '2026-11-01T00:00:00Z', ChargePeriodEnd: '2026-12-01T00:00:00Z' },
      { ...use('2026-11-25', '8'), ChargeCategory: 'Purchase' },
    ];
    expect(read(lines, '2026-11-20')).toStrictEqual({
      first: '2026-11-01',
      last: '2026-11-01',
      daily: ['1.00'],
      fixed: [
        ['2026-10-31', '50.00'],
        ['2026-11-01', '130.00'],
        ['2026-11-02', '-3.00'],
      ],
      spent: '128.00',
    });
  });

  test.each([
    ['another month', [use('2026-10-31', '1')], '2026-11-20'],
    ['the first day of the month', [use('2026-10-31', '1'), use('2026-11-01', '1')], '2026-11-01'],
    ['purchases only', [{ ...use('2026-11-01', '1'), ChargeCategory: 'Purchase' }], '2026-11-20'],
    ['later days', [use('2026-11-21', '1')], '2026-11-20'],
  ])('says nothing about the month with %s', (_, lines, asOf) => {
    expect(monthEnd(billTable(aBill(lines)), 'BilledCost', asOf)).toBe(undefined);
  });
});
