import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CollectError } from '../errors.ts';
import { aSink, curText, FOCUS_COLUMNS, focusText } from '../testing/bill-text.ts';
import { readBills } from './read-bills.ts';

let root: string;
let home: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'infrafabric-overlap-'));
});
beforeEach(async () => {
  home = await mkdtemp(join(root, 'bill-'));
});
afterEach(() => rm(home, { recursive: true }));
afterAll(() => rm(root, { recursive: true }));

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(home, name), content);
}

async function names(paths: readonly string[] = ['.']): Promise<string[]> {
  const { files } = await readBills({ paths: paths.map((path) => join(home, path)) }, aSink());
  return files.map((file) => file.name);
}

const refusal = async (paths?: readonly string[]): Promise<unknown> => {
  const error: unknown = await names(paths).catch((reason: unknown) => reason);
  return error instanceof CollectError ? [error.code, error.kind, error.where] : error;
};

describe('the same charges twice', () => {
  const hours = (count: number, more: Readonly<Record<string, string>> = {}): string =>
    focusText(Array.from({ length: count }, (_, n) => ({ BilledCost: `${n}.5`, RegionId: `r-${n}`, ...more })));
  const asCur = (more: Readonly<Record<string, string>> = {}): string =>
    curText([{ 'lineItem/UnblendedCost': '3', 'identity/LineItemId': 'x', ...more }]);

  test.each<[string, Record<string, string | Uint8Array>, string]>([
    ['a report and FOCUS of one account and month', { 'a.csv': asCur(), 'b.csv': hours(2) }, 'a.csv and b.csv'],
    [
      'a legacy report and CUR 2.0, with one invoice of two in common',
      {
        'a.csv': asCur().replace('bill/PayerAccountId', 'bill/InvoiceId'),
        'b.csv': asCur().replace('bill/PayerAccountId', 'bill/InvoiceId').replace('product/region', 'resource_tags'),
      },
      'a.csv and b.csv',
    ],
    [
      'an early and a late snapshot',
      { 'early.csv': hours(10), 'late.csv.gz': gzipSync(hours(14)) },
      'early.csv and late.csv.gz',
    ],
    [
      'a snapshot without and one with its invoice',
      {
        'a.csv': focusText([{ InvoiceId: '' }], [...FOCUS_COLUMNS, 'InvoiceId']),
        'b.csv': focusText([{ InvoiceId: '7' }], [...FOCUS_COLUMNS, 'InvoiceId']),
      },
      'a.csv and b.csv',
    ],
  ])('are refused: %s', async (_, files, where) => {
    await put(files);
    expect(await refusal()).toStrictEqual(['BILL_OVERLAP', 'input', where]);
    expect(await refusal(Object.keys(files).toReversed())).toStrictEqual(['BILL_OVERLAP', 'input', where]);
  });

  test('are refused as CSV and Parquet of one month, and as two snapshots in Parquet', async () => {
    await put({ 'a.csv': hours(10), 'b.csv': hours(12) });
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const name of ['a', 'b']) {
      const [from, to] = [join(home, `${name}.csv`), join(home, `${name}.parquet`)];
      await connection.run(`COPY (SELECT * FROM read_csv('${from}', all_varchar = true)) TO '${to}'`);
    }
    connection.closeSync();
    expect(await refusal(['a.csv', 'b.parquet'])).toStrictEqual(['BILL_OVERLAP', 'input', 'a.csv and b.parquet']);
    expect(await refusal(['a.parquet', 'b.parquet'])).toStrictEqual([
      'BILL_OVERLAP',
      'input',
      'a.parquet and b.parquet',
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['another account', { 'a.csv': asCur({ 'lineItem/UsageAccountId': '444455556666' }), 'b.csv': hours(2) }],
    [
      'another month, whatever its corrections are about',
      { 'a.csv': asCur({ 'bill/BillingPeriodStartDate': '2026-09-01T00:00:00Z' }), 'b.csv': hours(2) },
    ],
    [
      'other invoices of the same month',
      {
        'a.csv': asCur().replace('bill/PayerAccountId', 'bill/InvoiceId'),
        'b.csv': focusText([{ InvoiceId: 'F1' }], [...FOCUS_COLUMNS, 'InvoiceId']),
      },
    ],
    [
      'parts of one export with a line in common',
      { 'a.csv': hours(10), 'b.csv': hours(10, { SubAccountId: '7' }) + hours(1).slice(hours(1).indexOf('\n')) },
    ],
  ])('are not: %s', async (_, files) => {
    await put(files);
    expect(await names()).toStrictEqual(['a.csv', 'b.csv']);
  });

  test('are counted where FOCUS has equal lines, for it names no line items', async () => {
    await put({ 'a.csv': focusText([{}, {}, {}]) });
    const { files } = await readBills({ paths: [home] }, aSink());
    expect(files.map(({ equal_lines, billed }) => [equal_lines, billed])).toStrictEqual([[2, { USD: '4.5' }]]);
  });
});
