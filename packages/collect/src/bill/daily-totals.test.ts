import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { focusText } from '../testing/bill-text.ts';
import { dailyTotals } from './daily-totals.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'infrafabric-days-'));
});
afterAll(() => rm(home, { recursive: true }));

const TEXT = focusText([
  { BilledCost: '1.50', ListCost: 'NULL' },
  { ChargePeriodStart: '2026-10-02 23:00:00', ChargePeriodEnd: '2026-10-03 00:00:00', BilledCost: '0.000000001' },
  { ChargePeriodStart: '2026-10-01 05:00:00', BilledCost: '-0.25', EffectiveCost: '2E-3' },
]);

const DAYS = [
  { day: '2026-10-01', sums: { BilledCost: '1.25', ContractedCost: '3.00', EffectiveCost: '1.502', ListCost: '1.50' } },
  {
    day: '2026-10-02',
    sums: { BilledCost: '0.000000001', ContractedCost: '1.50', EffectiveCost: '1.50', ListCost: '1.50' },
  },
];

test('days of a CSV bill and of the same in Parquet have the same exact sums', async () => {
  const [csv, parquet] = [join(home, 'b.csv'), join(home, 'b.parquet')];
  await writeFile(csv, TEXT);
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (SELECT * FROM read_csv('${csv}', all_varchar = true)) TO '${parquet}' (FORMAT parquet)`);
  connection.closeSync();
  expect(await dailyTotals(csv, 'b.csv')).toStrictEqual(DAYS);
  expect(await dailyTotals(parquet, 'b.parquet')).toStrictEqual(DAYS);
});

test.each([
  ['a number', { EffectiveCost: '1,5' }, 'VALUE_NOT_DECIMAL', 'b.csv, row 2, column EffectiveCost'],
  ['a date', { ChargePeriodStart: '1/2/26' }, 'VALUE_DATE_RANGE', 'b.csv, row 2, column ChargePeriodStart'],
])('%s that is none is refused', async (_, row, code, where) => {
  const path = join(home, 'bad.csv');
  await writeFile(path, focusText([{}, row]));
  await expect(dailyTotals(path, 'b.csv')).rejects.toMatchObject({ code, where });
});
