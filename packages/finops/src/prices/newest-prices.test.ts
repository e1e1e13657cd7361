import { expect, it } from 'vitest';
import { newestPrices, pricesUntil } from './newest-prices.ts';

const entry = (usd: string, as_of: string, more = {}) => ({
  usd,
  unit: 'GB',
  source: 'made for the test',
  as_of,
  ...more,
});

it.each([
  ['a newer entry wins', '2026-11-02', '2'],
  ['an entry of the same day wins when it is the updated one', '2026-11-01', '2'],
  ['an older entry does not win', '2026-10-31', '1'],
])('%s', (_, updated, usd) => {
  const merged = newestPrices(
    { as_of: '2026-11-01', entries: { 'a/r/x/gb': entry('1', '2026-11-01') } },
    { as_of: updated, entries: { 'a/r/x/gb': entry('2', updated) } },
  );
  expect(merged).toMatchObject({ entries: { 'a/r/x/gb': { usd } } });
});

it('keeps keys that only one table has, sorted, and is dated like its newest entry', () => {
  const merged = newestPrices(
    { as_of: '2026-11-03', entries: { 'b/r/x/gb': entry('1', '2026-11-03') } },
    { as_of: '2026-11-02', entries: { 'a/r/x/gb': entry('2', '2026-11-02') } },
  );
  expect(merged).toStrictEqual({
    as_of: '2026-11-03',
    entries: { 'a/r/x/gb': entry('2', '2026-11-02'), 'b/r/x/gb': entry('1', '2026-11-03') },
  });
});

it('never mixes the tiers of two tables: a price that lost its tiers has none', () => {
  const merged = newestPrices(
    {
      as_of: '2026-10-01',
      entries: { 'a/r/x/gb': entry('3', '2026-10-01'), 'a/r/x/gb/tier-2': entry('2', '2026-10-01', { from: '100' }) },
    },
    { as_of: '2026-11-01', entries: { 'a/r/x/gb': entry('1', '2026-11-01') } },
  );
  expect(merged['entries']).toStrictEqual({ 'a/r/x/gb': entry('1', '2026-11-01') });
});

it.each([{}, { entries: [] }])('takes a table without entries as empty: %j', (empty) => {
  const table = { as_of: '2026-11-01', entries: { 'a/r/x/gb': entry('1', '2026-11-01') } };
  expect([newestPrices(empty, table), newestPrices(table, empty)]).toStrictEqual([table, table]);
});

it('leaves out what is younger than the day of the analysis', () => {
  const entries = { 'a/r/x/gb': entry('1', '2026-11-01'), 'b/r/x/gb': entry('2', '2026-11-02') };
  expect(pricesUntil({ as_of: '2026-11-02', entries }, '2026-11-01')).toStrictEqual({
    as_of: '2026-11-02',
    entries: { 'a/r/x/gb': entry('1', '2026-11-01') },
  });
});
