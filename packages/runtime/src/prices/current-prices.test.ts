import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRICE_TABLE } from '@infrafabric/finops';
import { isJsonObject } from '@infrafabric/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentPrices } from './current-prices.ts';
import { readUpdatedPrices, writeUpdatedPrices } from './price-folder.ts';

const KEY = 'ec2/us-east-1/linux/m5.large';
const fresh = (usd: string, as_of: string) => ({
  as_of,
  entries: { [KEY]: { usd, unit: 'hour', source: 'AWS Price List API, AmazonEC2', as_of, sku: 'ABCDEFGHIJKLMNOP' } },
});
const priceIn = ({ table }: ReturnType<typeof currentPrices>) => {
  const entry = isJsonObject(table['entries']) ? table['entries'][KEY] : undefined;
  return isJsonObject(entry) ? entry['usd'] : undefined;
};

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'prices-'));
});
afterEach(() => rmSync(home, { recursive: true }));

it('is the embedded table where no update was written, and says so', () => {
  const { table, facts } = currentPrices(home, '2026-11-20');
  expect([table, facts.updated]).toStrictEqual([PRICE_TABLE, 0]);
});

it('takes a newer price of the last update, and counts it', () => {
  writeUpdatedPrices(home, fresh('0.5', '2026-11-19'), '2026-11-19');
  writeUpdatedPrices(home, fresh('0.6', '2026-11-20'), '2026-11-20');
  const current = currentPrices(home, '2026-11-20');
  expect([priceIn(current), current.facts.updated]).toStrictEqual(['0.6', 1]);
});

it.each([
  ['an update that is older than our entry', '2026-01-01', '2026-11-20'],
  ['an update of a day after the analysis', '2026-11-21', '2026-11-20'],
])('keeps the embedded price beside %s', (_, updated, asOf) => {
  writeUpdatedPrices(home, fresh('0.5', updated), updated);
  const current = currentPrices(home, asOf);
  expect([priceIn(current), current.facts.updated]).toStrictEqual(['0.096', 0]);
});

it('writes a table only its owner can read, and reads it back', () => {
  const path = writeUpdatedPrices(home, fresh('0.5', '2026-11-20'), '2026-11-20');
  expect(path).toBe(join(home, 'prices', '2026-11-20.json'));
  expect(readUpdatedPrices(home)).toStrictEqual(JSON.parse(readFileSync(path, 'utf8')));
});

it.each(['', '{', '{"as_of":"2026-11-20","entries":{"k":{"usd":"-1"}}}', '[]'])(
  'refuses a file that is no price table: %s',
  (text) => {
    const path = writeUpdatedPrices(home, fresh('0.5', '2026-11-20'), '2026-11-20');
    writeFileSync(path, text);
    expect(() => currentPrices(home, '2026-11-20')).toThrow(
      'expected a price table, got a file that is not a price table',
    );
  },
);
