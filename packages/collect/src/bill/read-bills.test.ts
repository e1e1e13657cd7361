import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BILL_DERIVATIONS, billCitations, type InputFile } from '@infrafabric/finops';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CollectError } from '../errors.ts';
import { EvidenceReader } from '../evidence-reader.ts';
import { aSink, curText, FOCUS_COLUMNS, focusText } from '../testing/bill-text.ts';
import { zipped } from '../testing/zip.ts';
import { latestSnapshots, snapshotOf } from './snapshot.ts';
import { readBills } from './read-bills.ts';

let root: string;
let home: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'infrafabric-bills-'));
});
beforeEach(async () => {
  home = await mkdtemp(join(root, 'bill-'));
});
afterEach(() => vi.resetModules());
afterAll(() => rm(root, { recursive: true }));

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), content);
  }
}

/** Reads paths below the test's folder and says which files count and what they come to. */
async function read(
  paths: readonly string[] = ['.'],
  rates?: readonly string[],
): Promise<{ names: string[]; total: string; files: readonly InputFile[]; unused: unknown }> {
  const sink = aSink();
  const { files, unused } = await readBills({ paths: paths.map((path) => join(home, path)), rates }, sink);
  const reader = new EvidenceReader({ get: (id) => Promise.resolve(sink.stored.get(id)!) });
  const cited = await Promise.all(billCitations(files, 'lines').map((citation) => reader.cited(citation)));
  const total = BILL_DERIVATIONS.find((one) => one.id === 'finops/bill-sum@1')!.compute(cited, {
    column: 'BilledCost',
    filter: {},
  });
  return { names: files.map((file) => file.name), total, files, unused };
}

const refusal = async (paths?: readonly string[], rates?: readonly string[]): Promise<unknown> => {
  const error: unknown = await read(paths, rates).catch((reason: unknown) => reason);
  return error instanceof CollectError ? [error.code, error.kind, error.where] : error;
};

const bill = (cost: string, more = {}): string => focusText([{ BilledCost: cost, ...more }]);

describe('a bill', () => {
  test('may be several files, and is one', async () => {
    await put({ 'a.csv': bill('1'), 'b.csv.gz': gzipSync(bill('2')), 'notes.txt': 'x' });
    expect(await read()).toMatchObject({
      names: ['a.csv', 'b.csv.gz'],
      total: '3.00',
      unused: [{ name: 'notes.txt', reason: 'no bill by its name' }],
    });
  });

  test('counts a file once, however often it is given', async () => {
    await put({ 'a.csv': bill('1'), 'copy.csv': bill('1'), 'b.csv': bill('2') });
    const { names, total, unused } = await read(['.', 'a.csv']);
    expect([names, total]).toStrictEqual([['a.csv', 'b.csv'], '3.00']);
    expect(unused).toStrictEqual([
      { name: 'a.csv', reason: 'the same bytes as a.csv' },
      { name: 'copy.csv', reason: 'the same bytes as a.csv' },
    ]);
  });

  test('drops a line item that two files have', async () => {
    const line = { 'identity/LineItemId': 'a', 'identity/TimeInterval': '2026-10-01/2026-10-02' };
    const others = (...costs: readonly string[]) => costs.map((cost) => ({ 'lineItem/UnblendedCost': cost }));
    await put({ 'a.csv': curText([line, ...others('1', '2')]), 'b.csv': curText([line, ...others('4', '8')]) });
    // 1.50 once
    expect(await read()).toMatchObject({ total: '16.50' });
  });

  test('in gzip and as Parquet is stored as found and read by its media type', async () => {
    const packed = gzipSync(bill('2'));
    await put({ 'b.csv.gz': packed, 'b.csv': bill('2') });
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT * REPLACE (BilledCost::DOUBLE AS BilledCost, ChargePeriodStart::TIMESTAMPTZ AS ChargePeriodStart, MAP {'team': 'red'} AS ResourceId) FROM read_csv('${join(home, 'b.csv')}', all_varchar = true)) TO '${join(home, 'b.parquet')}'`,
    );
    connection.closeSync();
    const [gzip, parquet] = [await read(['b.csv.gz']), await read(['b.parquet'])];
    expect([gzip.total, parquet.total]).toStrictEqual(['2.00', '2.00']);
    expect(gzip.files[0]).toMatchObject({ media_type: 'application/gzip', bytes: packed.length, format: 'focus-1.0' });
    expect(parquet.files[0]).toMatchObject({ media_type: 'application/vnd.apache.parquet', billed: { USD: '2' } });
  });

  test('as Parquet is refused by name where DuckDB is not installed', async () => {
    vi.doMock('@duckdb/node-api', () => {
      throw new Error('Cannot find package');
    });
    await put({ 'b.parquet': 'PAR1....PAR1' });
    const { readBills: readWithout } = await import('./read-bills.ts');
    const error: unknown = await readWithout({ paths: [join(home, 'b.parquet')] }, aSink()).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: 'DUCKDB_MISSING',
      kind: 'environment',
      where: 'b.parquet',
      fix: expect.stringContaining('npm install @duckdb/node-api@'),
    });
    vi.doUnmock('@duckdb/node-api');
  });
});

describe('several currencies', () => {
  beforeEach(() =>
    put({
      'a.csv': bill('1'),
      'b.csv': bill('2', { BillingCurrency: 'EUR' }),
      'c.csv': bill('2', { BillingCurrency: 'EUR' }).replace('us-east-1', 'x'),
    }),
  );

  test('are refused without a rate, and with a rate for another', async () => {
    expect(await refusal()).toStrictEqual(['CURRENCY_MIXED', 'input', '3 files']);
    expect(await refusal(['.'], ['CHF=1.1@2026-10-31'])).toStrictEqual(['CURRENCY_MIXED', 'input', 'b.csv']);
  });

  test('are added up in USD at a dated rate, which is evidence', async () => {
    // 1 + 2 x 1.085 + 2 x 1.085
    expect(await read(['.'], ['EUR=1.085@2026-10-31'])).toMatchObject({
      total: '5.34',
      names: ['a.csv', 'b.csv', 'c.csv', 'rates.json'],
    });
  });

  test.each([
    'EUR',
    'EUR=1.08',
    'EUR=0@2026-10-31',
    'USD=1@2026-10-31',
    'EUR=1.08@2026-02-30',
    'eur=1.08@2026-10-31',
    'EUR=1,08@2026-10-31',
  ])('%j is no rate', async (rate) => {
    expect(await refusal(['.'], [rate])).toStrictEqual(['RATE_SHAPE', 'usage', '--rate']);
  });
});

describe('an export of AWS', () => {
  const stamp = (n: number): string =>
    `2026-10-${String(1 + Math.floor(n / 3)).padStart(2, '0')}T0${(n % 3) * 3}:11:05.123Z-0f${n}`;
  const data = (n: number): string => `focus/data/BILLING_PERIOD=2026-10/${stamp(n)}/focus-00001.csv.gz`;
  const snapshots = Object.fromEntries(Array.from({ length: 84 }, (_, n) => [data(n), gzipSync(bill(String(n + 1)))]));
  const manifest = (...keys: string[]): string =>
    JSON.stringify({ dataFiles: keys.map((key) => `s3://bucket/some/prefix/${key}`) });
  const place = 'focus/metadata/BILLING_PERIOD=2026-10/';

  test('kept 84 times a month comes to the last, by the manifest of the period', async () => {
    await put({
      ...snapshots,
      [`${place}focus-Manifest.json`]: manifest(data(83)),
      [`${place}${stamp(2)}/focus-Manifest.json`]: manifest(data(2)),
    });
    expect(await read()).toMatchObject({ total: '84.00', names: [data(83)] });
  });

  test('kept 84 times comes to the last by the manifests of the executions, or by the folders alone', async () => {
    await put({ ...snapshots });
    expect(await read()).toMatchObject({ total: '84.00', names: [data(83)] });
    await put(
      Object.fromEntries([4, 83, 30].map((n) => [`${place}${stamp(n)}/focus-Manifest.json`, manifest(data(n))])),
    );
    expect(await read()).toMatchObject({ total: '84.00', names: [data(83)] });
  });

  test('of two months has the last snapshot of each', async () => {
    const september = data(3).replace('2026-10', '2026-09');
    await put({ [data(1)]: bill('1'), [data(2)]: bill('10'), [september]: bill('100') });
    expect(await read()).toMatchObject({ total: '110.00' });
  });

  test('overwritten leaves stale parts behind, which its manifest does not list', async () => {
    const part = (n: number): string => `focus/data/BILLING_PERIOD=2026-10/focus-0000${n}.csv.gz`;
    await put({
      [part(1)]: gzipSync(bill('1')),
      [part(2)]: gzipSync(bill('2')),
      [part(3)]: gzipSync(bill('4')),
      [`${place}focus-Manifest.json`]: manifest(part(1), part(2)),
    });
    expect(await read()).toMatchObject({ total: '3.00' });
  });

  test('in the legacy layout follows the manifest of the period to its assembly', async () => {
    const key = (assembly: string): string => `cur/20261001-20261101/${assembly}/cur-1.csv.gz`;
    const legacy = (assembly: string): string =>
      JSON.stringify({ assemblyId: assembly, reportKeys: [`prefix/${key(assembly)}`] });
    await put({
      [key('a')]: gzipSync(curText([{ 'lineItem/UnblendedCost': '7' }])),
      [key('b')]: gzipSync(curText([{ 'lineItem/UnblendedCost': '9' }])),
      'cur/20261001-20261101/a/cur-Manifest.json': legacy('a'),
      'cur/20261001-20261101/b/cur-Manifest.json': legacy('b'),
      'cur/20261001-20261101/cur-Manifest.json': legacy('a'),
    });
    expect(await read()).toMatchObject({ total: '7.00' });
  });

  test.each<[string, Record<string, string>, string]>([
    ['a file is missing', { [`${place}focus-Manifest.json`]: manifest(data(0)) }, 'INPUT_NOT_FOUND'],
    [
      'the manifest is cut off',
      { [data(0)]: bill('1'), [`${place}focus-Manifest.json`]: '{"dataFiles": [' },
      'INPUT_TRUNCATED',
    ],
    [
      'two snapshots have no date',
      { 'd/BILLING_PERIOD=2026-10/a/x.csv': bill('1'), 'd/BILLING_PERIOD=2026-10/b/x.csv': bill('2') },
      'SNAPSHOT_AMBIGUOUS',
    ],
    ['there is nothing to read', { 'readme.txt': 'x' }, 'INPUT_EMPTY'],
  ])('is refused when %s', async (_, files, code) => {
    await put(files);
    expect(await refusal()).toMatchObject([code, 'input', expect.any(String)]);
  });

  test('does not depend on the order of a listing', () => {
    const files = Array.from({ length: 84 }, (_, n) => ({ name: data(n), path: '' }));
    const shuffled = files.toSorted((a, b) => (snapshotOf(a.name)!.slice(-2) < snapshotOf(b.name)!.slice(-2) ? 1 : -1));
    expect(latestSnapshots(shuffled, 'x')).toStrictEqual(latestSnapshots(files, 'x'));
    expect(latestSnapshots(files.toReversed(), 'x')).toStrictEqual([files[83]]);
  });
});

/** Bad bills, as a person may hand them in: reliability rows 2 to 17, and more. Every code ends a run with exit 3. */
const BAD: [what: string, files: Record<string, string | Uint8Array>, path: string, code: string][] = [
  ['no file', {}, 'nothing.csv', 'INPUT_NOT_FOUND'],
  ['an empty folder', { 'x/readme.md': '' }, 'x', 'INPUT_EMPTY'],
  ['an empty file', { 'b.csv': '' }, 'b.csv', 'INPUT_EMPTY'],
  ['a header alone', { 'b.csv': FOCUS_COLUMNS.join(',') }, 'b.csv', 'INPUT_NO_ROWS'],
  ['an empty gzip', { 'b.csv.gz': gzipSync('') }, 'b.csv.gz', 'INPUT_EMPTY'],
  ['a spreadsheet', { 'b.csv': zipped({ '[Content_Types].xml': '' }) }, 'b.csv', 'INPUT_FORMAT_UNKNOWN'],
  ['a manifest', { 'focus-Manifest.json': '{"dataFiles":[]}' }, 'focus-Manifest.json', 'INPUT_FORMAT_UNKNOWN'],
  ['UTF-16', { 'b.csv': Buffer.from(`\ufeff${bill('1')}`, 'utf16le') }, 'b.csv', 'INPUT_ENCODING'],
  [
    'UTF-16 in gzip',
    { 'b.csv.gz': gzipSync(Buffer.from(`\ufeff${bill('1')}`, 'utf16le')) },
    'b.csv.gz',
    'INPUT_ENCODING',
  ],
  [
    'a report without costs',
    { 'b.csv': curText([{}]).replace('lineItem/UnblendedCost', 'x') },
    'b.csv',
    'SCHEMA_COLUMN_MISSING',
  ],
  ['a column twice', { 'b.csv': bill('1').replace('ListCost', 'BilledCost') }, 'b.csv', 'SCHEMA_COLUMN_DUPLICATE'],
  ['a ragged row', { 'b.csv': `${bill('1')}\n1,2` }, 'b.csv', 'CSV_ROW_SHAPE'],
  ['grouped digits', { 'b.csv': bill('1,234.5') }, 'b.csv', 'VALUE_NOT_DECIMAL'],
  [
    'a bad cost of a plan',
    { 'b.csv': curText([{ 'savingsPlan/UsedCommitment': 'NaN' }]) },
    'b.csv',
    'VALUE_NOT_DECIMAL',
  ],
  ['two currencies', { 'b.csv': focusText([{}, { BillingCurrency: 'EUR' }]) }, 'b.csv', 'CURRENCY_MIXED'],
  ['the year 1970', { 'b.csv': bill('1', { ChargePeriodStart: '1970-01-01' }) }, 'b.csv', 'VALUE_DATE_RANGE'],
  [
    'dates of unknown order',
    { 'b.csv': bill('1', { ChargePeriodStart: '4/1/26', ChargePeriodEnd: '5/1/26' }) },
    'b.csv',
    'VALUE_DATE_RANGE',
  ],
  [
    'a gzip bomb',
    { 'b.csv.gz': gzipSync(bill('1') + '\n'.repeat(4_000_000)) },
    'b.csv.gz',
    'INPUT_DECOMPRESSED_TOO_LARGE',
  ],
  ['half a gzip', { 'b.csv.gz': gzipSync(bill('1')).subarray(0, 60) }, 'b.csv.gz', 'INPUT_TRUNCATED'],
  ['half a Parquet file', { 'b.parquet': `PAR1${'x'.repeat(200)}` }, 'b.parquet', 'INPUT_TRUNCATED'],
  [
    'a zip that leads out',
    {
      'b.zip': zipped({ '../../x': bill('1') }),
    },
    'b.zip',
    'ARCHIVE_UNSAFE',
  ],
];

test.each(BAD)('a bad bill is told and nothing of it stored: %s', async (_, files, path, code) => {
  await put(files);
  const sink = aSink();
  const error: unknown = await readBills({ paths: [join(home, path)] }, sink).catch((reason: unknown) => reason);
  expect([error instanceof CollectError && [error.code, error.kind], sink.stored.size]).toStrictEqual([
    [code, 'input'],
    0,
  ]);
  expect(String(error)).not.toContain(root);
});
