import { expect, test } from 'vitest';
import { billTable } from '../bill/bill-table.ts';
import { dayOf } from '../bill/charge-instant.ts';
import { aSpendBill } from '../testing/spend-bill.ts';
import { coveredDays, fullMonths, lastDays, monthAgainstLast, spanText } from './compared-days.ts';

const day = (text: string): number => dayOf(Date.parse(text));
const span = (first: string, last: string) => ({ first: day(first), last: day(last) });

test.each([
  ['2026-09-01', '2026-10-31', '2026-10-31', ['2026-10', '2026-09']],
  ['2026-08-02', '2026-10-31', '2026-10-31', ['2026-10', '2026-09']],
  ['2026-09-01', '2026-10-30', '2026-10-30', ['2026-10-01 to 2026-10-30', '2026-09']],
  ['2026-09-01', '2026-10-19', '2026-10-19', ['2026-10-01 to 2026-10-19', '2026-09-01 to 2026-09-19']],
  ['2026-02-01', '2026-03-30', '2026-03-30', ['2026-03-01 to 2026-03-28', '2026-02']],
  ['2026-09-02', '2026-10-31', '2026-10-31', undefined],
  ['2026-09-02', '2026-09-30', '2026-09-30', undefined],
])('of a bill from %s to %s, the month of %s is compared as %j', (first, last, of, expected) => {
  const compared = monthAgainstLast(span(first, last), day(of));
  expect(compared && [spanText(compared.after), spanText(compared.before)]).toStrictEqual(expected);
});

test('a month is whole when every day of it is covered', () => {
  expect(fullMonths(span('2026-08-02', '2026-11-18')).map(spanText)).toStrictEqual(['2026-09', '2026-10']);
});

test('a trend takes twice its days', () => {
  const compared = lastDays(span('2026-09-01', '2026-09-14'), 7);
  expect(compared && spanText(compared.before)).toBe('2026-09-01 to 2026-09-07');
  expect(lastDays(span('2026-09-02', '2026-09-14'), 7)).toBe(undefined);
});

test.each([
  ['2026-10-20', '2026-09-03 to 2026-10-05'],
  ['2026-10-06', '2026-09-03 to 2026-10-04'],
  ['2026-09-05', '2026-09-03'],
  ['2026-09-04', undefined],
])('on %s a bill of usage from 3 September to 5 October covers %s', (asOf, expected) => {
  const bill = billTable(
    aSpendBill([
      { ChargePeriodStart: '2026-09-01', ChargeCategory: 'Tax', ChargePeriodEnd: '2026-11-01' },
      { ChargePeriodStart: '2026-09-03' },
      { ChargePeriodStart: '2026-10-05' },
      { ChargePeriodStart: '2026-10-06T00:00:00Z', ChargePeriodEnd: '2026-10-06T13:00:00Z' },
    ]),
  );
  const covered = coveredDays(bill, asOf);
  expect(covered && spanText(covered)).toBe(expected);
});
