import { expect, it } from 'vitest';
import { priceFacts } from './price-facts.ts';

const entry = (as_of: string) => ({ usd: '1', unit: 'GB', source: 'made for the test', as_of });
const table = {
  as_of: '2026-11-20',
  entries: { a: entry('2026-11-20'), b: entry('2026-11-10'), c: entry('2024-09-30') },
};

it('says how many entries there are, how many were updated, the newest date and the median age', () => {
  expect(priceFacts(table, new Set(['a', 'gone']), '2026-11-20')).toStrictEqual({
    entries: 3,
    updated: 1,
    newest: '2026-11-20',
    median_age_days: 10,
  });
});

it('never says an age below zero', () => {
  expect(priceFacts(table, new Set(), '2026-01-01').median_age_days).toBe(0);
});
