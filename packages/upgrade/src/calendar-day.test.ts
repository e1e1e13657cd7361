import { expect, test } from 'vitest';
import { dayAfter, daysBetween } from './calendar-day.ts';

test.for([
  ['2026-11-20', '2026-11-26', 6],
  ['2026-11-20', '2026-11-20', 0],
  ['2026-11-26', '2026-11-20', -6],
  ['2028-02-28', '2028-03-01', 2],
  ['2027-02-28', '2027-03-01', 1],
] as const)('from %s to %s are %i days', ([from, to, days]) => {
  expect(daysBetween(from, to)).toBe(days);
});

test('the day after the last of February follows the leap year', () => {
  expect([dayAfter('2028-02-28'), dayAfter('2027-02-28'), dayAfter('2026-12-31')]).toStrictEqual([
    '2028-02-29',
    '2027-03-01',
    '2027-01-01',
  ]);
});

test.for(['2030-02-29', '2026-13-01', '2026-1-1', '2026', 'true', ''])('%j is refused as a day', (day) => {
  expect(() => daysBetween('2026-11-20', day)).toThrow(expect.objectContaining({ code: 'DATE_MALFORMED' }));
});
