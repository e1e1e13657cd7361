import { expect, test } from 'vitest';
import { dayOf, dayText, monthOf, parseBillInstant } from './charge-instant.ts';

test.each([
  ['2024-09-18T23:00:00Z', Date.UTC(2024, 8, 18, 23)],
  ['2024-09-18 23:00:00', Date.UTC(2024, 8, 18, 23)],
  ['2024-09-18T23:00:00.000Z', Date.UTC(2024, 8, 18, 23)],
  ['2024-09-18 23:00:00 UTC', Date.UTC(2024, 8, 18, 23)],
  ['2024-09-18T23:00:00+00:00', Date.UTC(2024, 8, 18, 23)],
  ['2024-09-18', Date.UTC(2024, 8, 18)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2000-01-01', Date.UTC(2000, 0, 1)],
])('%s is a date of a bill', (text, ms) => {
  expect(parseBillInstant(text)).toBe(ms);
});

test.each([
  '',
  'NULL',
  '2023-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-09-31T00:00:00Z',
  '2024-09-18T24:00:00Z',
  '2024-09-18T23:60:00Z',
  '1970-01-01T00:00:00Z',
  '9999-12-31T00:00:00Z',
  '2100-01-01',
  '4/1/25',
  '18.09.2024',
  '2024-09-18T23:00:00+02:00',
  '1726700400',
])('%j is none', (text) => {
  expect(parseBillInstant(text)).toBe(undefined);
});

test.each([
  ['2026-11-20', '2026-11-01', '2026-12-01'],
  ['2024-12-31', '2024-12-01', '2025-01-01'],
  ['2024-02-29', '2024-02-01', '2024-03-01'],
])('the month of %s is from %s to before %s', (day, first, next) => {
  const month = monthOf(dayOf(Date.parse(day)));
  expect([dayText(month.first), dayText(month.next)]).toStrictEqual([first, next]);
});
