import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isJsonObject, type JsonValue } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { PRICE_TABLE } from './dated-tables.ts';
import { pricesPage } from './prices-page.ts';
import { usdOf } from './table.ts';
import { ourPrices } from './testing/our-prices.ts';

const PAGE = resolve(import.meta.dirname, '../../../../docs/prices.md');
const read: JsonValue = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../data/quoted-prices.json'), 'utf8'));
const quoted = isJsonObject(read) ? read : {};
const listed = Array.isArray(quoted['entries']) ? quoted['entries'].filter(isJsonObject) : [];

it('docs/prices.md says where the prices of the table come from', async () => {
  await expect(pricesPage(PRICE_TABLE, quoted)).toMatchFileSnapshot(PAGE);
});

it.each(listed.map((entry) => [String(entry['says']), entry] as const))(
  'lists "%s" beside a sourced price',
  (_, entry) => {
    const price = ourPrices(String(entry['key']));
    const sameUnit = String(price?.value['unit']) === entry['per'];
    expect(price).toBeDefined();
    // A quoted number may equal the sourced one only where it is said per another unit.
    expect(sameUnit && usdOf(price!).equals(String(entry['usd']))).toBe(false);
  },
);

it('counts a family by service, date and source, and says which entries a second source confirms', () => {
  const table = {
    as_of: '2026-11-01',
    entries: {
      'x/r1/thing/hour': { usd: '1', unit: 'hour', source: 'a list', as_of: '2026-11-01' },
      'x/r2/thing/hour': {
        usd: '2',
        unit: 'hour',
        source: 'a list',
        as_of: '2026-11-01',
        confirmed_by: [{ source: 'a bill', as_of: '2026-10-01' }],
      },
    },
  };
  const lines = pricesPage(table, { entries: [] }).split('\n');
  expect(lines.filter((line) => line.startsWith('| `'))).toStrictEqual([
    '| `x` | r1, r2 | 2 | 1 | 2026-11-01 | a list |',
  ]);
});
