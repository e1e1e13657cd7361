import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { accountSpend, billResult, type InputFile } from '@infrafabric/finops';
import { type EvidenceId, evidenceId, sha256Hex } from '@infrafabric/protocol';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCsv } from '../csv.ts';
import { CollectError } from '../errors.ts';
import { BILL_MAX_BYTES } from './bill-file.ts';
import { zipped } from '../testing/zip.ts';
import { readBills } from './read-bills.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'infrafabric-bill-'));
});
afterAll(() => rm(home, { recursive: true }));

/** An evidence store that remembers what it was given. */
function aStore() {
  const stored: Uint8Array[] = [];
  const put = (bytes: Uint8Array): Promise<{ id: EvidenceId; fresh: boolean }> => {
    stored.push(bytes);
    return Promise.resolve({ id: evidenceId(sha256Hex(bytes)), fresh: true });
  };
  return { put, stored };
}

const COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'ProviderName',
  'ServiceName',
];

type Row = Partial<Record<string, string>>;

const USUAL: Row = {
  BilledCost: '1.50',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargePeriodEnd: '2024-09-02 00:00:00',
  ChargePeriodStart: '2024-09-01 00:00:00',
  ContractedCost: '1.50',
  EffectiveCost: '1.50',
  ListCost: '1.50',
  ProviderName: 'AWS',
  ServiceName: 'S3',
};

function csv(rows: readonly Row[], columns: readonly string[] = COLUMNS): string {
  const quoted = rows.map((row) => columns.map((column) => `"${row[column] ?? USUAL[column] ?? ''}"`).join(','));
  return [columns.join(','), ...quoted].join('\n');
}

async function written(content: string | Uint8Array, name = 'bill.csv'): Promise<string> {
  const path = join(home, name);
  await writeFile(path, content);
  return path;
}

/** Reads one bill as a person names it. */
async function readBill(path: string, store: ReturnType<typeof aStore>): Promise<InputFile> {
  const { files } = await readBills({ paths: [path] }, store);
  return files[0]!;
}

/** How a bill is answered: its code and place, and that nothing was stored. */
async function refusal(path: string): Promise<unknown> {
  const store = aStore();
  const error: unknown = await readBill(path, store).catch((reason: unknown) => reason);
  expect(store.stored).toStrictEqual([]);
  if (!(error instanceof CollectError)) return error;
  expect(error.message + error.where).not.toContain(home);
  return [error.code, error.where];
}

describe('a bill', () => {
  test('is stored as found, under its hash and basename', async () => {
    const text = csv([{}, { BilledCost: '2.50', ListCost: 'NULL', ContractedCost: '' }]);
    const store = aStore();
    const input = await readBill(await written(text), store);
    const sha256 = sha256Hex(text);
    const evidence = evidenceId(sha256);
    expect(input).toStrictEqual({
      kind: 'bill',
      name: 'bill.csv',
      sha256,
      bytes: text.length,
      evidence,
      redactions: 0,
      format: 'focus-1.0',
      media_type: 'text/csv',
      billed: { USD: '4' },
    });
    expect(store.stored.map((bytes) => new TextDecoder().decode(bytes))).toStrictEqual([text]);
  });

  test.each([
    ['unknown columns', csv([{ x_Team: 'red' }], [...COLUMNS, 'x_Team', 'Id'])],
    ['a byte order mark, CRLF and empty last lines', `\ufeff${csv([{}]).replaceAll('\n', '\r\n')}\r\n\r\n`],
    ['E notation and spreadsheet dollars', csv([{ BilledCost: '35.2E-7', ListCost: '$10,000.00 ' }])],
  ])('with %s is read', async (_, text) => {
    expect(await readBill(await written(text), aStore())).toMatchObject({ kind: 'bill', redactions: 0 });
  });

  test('in a zip is stored as the text in it, and named by the hash of the zip', async () => {
    const text = csv([{}]);
    const archive = zipped({ 'cur/': '', 'cur/bill-1.csv': text });
    const input = await readBill(await written(archive, 'bill.zip'), aStore());
    expect(input).toMatchObject({
      sha256: sha256Hex(archive),
      evidence: evidenceId(sha256Hex(text)),
      bytes: archive.length,
    });
  });

  test('is read through a link, for the person named it', async () => {
    await written(csv([{}]), 'real.csv');
    await symlink('real.csv', join(home, 'link.csv'));
    expect(await readBill(join(home, 'link.csv'), aStore())).toMatchObject({ name: 'link.csv' });
  });

  test('loses the secrets in its cells, and nothing else', async () => {
    const columns = [...COLUMNS, 'Tags'];
    const key = `AKIA${'A'.repeat(16)}`;
    const text = csv(
      [{ Tags: `{""key"": ""${key}"", ""team"": ""red""}` }, { BilledCost: '2.50', Tags: 'a,b' }],
      columns,
    );
    const store = aStore();
    const input = await readBill(await written(text), store);
    expect(input).toMatchObject({ redactions: 1, sha256: sha256Hex(text), bytes: text.length });
    const stored = new TextDecoder().decode(store.stored[0]);
    expect(stored.split('\r\n')).toStrictEqual([
      columns.join(','),
      '1.50,USD,Usage,2024-09-02 00:00:00,2024-09-01 00:00:00,1.50,1.50,1.50,AWS,S3,' +
        '"{""key"": ""[redacted:aws-access-key]"", ""team"": ""red""}"',
      '2.50,USD,Usage,2024-09-02 00:00:00,2024-09-01 00:00:00,1.50,1.50,1.50,AWS,S3,"a,b"',
      '',
    ]);
    expect(input.evidence).toBe(evidenceId(sha256Hex(stored)));
  });
});

describe('a bad bill is refused:', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['empty', '', 'INPUT_EMPTY', 'bill.csv'],
    ['header only', COLUMNS.join(','), 'INPUT_NO_ROWS', 'bill.csv'],
    ['a spreadsheet', zipped({ '[Content_Types].xml': '<a/>', 'xl/a.xml': '' }), 'INPUT_FORMAT_UNKNOWN', 'bill.csv'],
    ['a PDF', '%PDF-1.7', 'INPUT_FORMAT_UNKNOWN', 'bill.csv'],
    ['a login page', '\n <!doctype html><title>Sign in</title>', 'INPUT_FORMAT_UNKNOWN', 'bill.csv'],
    ['a gzip stream cut off', gzipSync(csv([{}])).subarray(0, 40), 'INPUT_TRUNCATED', 'bill.csv'],
    ['gzip that is damaged', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), 'INPUT_TRUNCATED', 'bill.csv'],
    ['Parquet that is damaged', 'PAR1....PAR1', 'INPUT_TRUNCATED', 'bill.csv'],
    ['a PDF inside gzip', gzipSync('%PDF-1.7'), 'INPUT_FORMAT_UNKNOWN', 'bill.csv'],
    ['a gzip bomb', gzipSync(`a,b\n${'1,2\n'.repeat(500_000)}`), 'INPUT_DECOMPRESSED_TOO_LARGE', 'bill.csv'],
    ['a zip whose member leads out', zipped({ '../../etc/cron.d/x': 'a' }), 'ARCHIVE_UNSAFE', 'bill.csv'],
    ['a zip in a zip', zipped({ 'inner.zip': 'a' }), 'ARCHIVE_UNSAFE', 'bill.csv'],
    ['a zip with two files', zipped({ 'a.csv': csv([{}]), 'b.csv': csv([{}]) }), 'ARCHIVE_UNSAFE', 'bill.csv'],
    ['an empty zip', zipped({}), 'INPUT_FORMAT_UNKNOWN', 'bill.csv'],
    ['a PDF in a zip', zipped({ 'a.csv': '%PDF-1.7' }), 'INPUT_FORMAT_UNKNOWN', 'bill.csv'],
    ['half a zip', zipped({ 'a.csv': csv([{}]) }).subarray(0, 90), 'INPUT_TRUNCATED', 'bill.csv'],
    ['a zip bomb', zipped({ 'a.csv': 'a,b\n'.repeat(500_000) }), 'INPUT_DECOMPRESSED_TOO_LARGE', 'bill.csv'],
    ['a zip that says less than it holds', zipped({ 'a.csv': csv([{}]) }, 9), 'INPUT_TRUNCATED', 'bill.csv'],
    ['JSON', '{"a":1}', 'INPUT_FORMAT_UNKNOWN', 'bill.csv'],
    ['UTF-16', Buffer.from(`\ufeff${csv([{}])}`, 'utf16le'), 'INPUT_ENCODING', 'bill.csv, byte 0'],
    ['Latin-1', Buffer.from('a,b\nü,1', 'latin1'), 'INPUT_ENCODING', 'bill.csv, byte 4'],
    ['prose', 'This is not a bill.\nIt is text.', 'SCHEMA_COLUMN_MISSING', 'bill.csv, the header'],
    ['a column twice', csv([{}], [...COLUMNS, 'ListCost']), 'SCHEMA_COLUMN_DUPLICATE', 'bill.csv, the header'],
    ['a short row', `${csv([{}])}\n1,2`, 'CSV_ROW_SHAPE', 'bill.csv, row 2'],
    ['an open quote', `${csv([{}])}\n"1,2`, 'CSV_ROW_SHAPE', 'bill.csv, row 2'],
    ['grouped digits', csv([{}, { BilledCost: '1,234.5' }]), 'VALUE_NOT_DECIMAL', 'bill.csv, row 2, column BilledCost'],
    ['not a number', csv([{ EffectiveCost: 'NaN' }]), 'VALUE_NOT_DECIMAL', 'bill.csv, row 1, column EffectiveCost'],
    ['a number too large', csv([{ ListCost: '1e999' }]), 'VALUE_NOT_DECIMAL', 'bill.csv, row 1, column ListCost'],
    [
      'two signs',
      csv([{}, {}, { ContractedCost: '--5' }]),
      'VALUE_NOT_DECIMAL',
      'bill.csv, row 3, column ContractedCost',
    ],
    ['no BilledCost', csv([{ BilledCost: 'NULL' }]), 'VALUE_NOT_DECIMAL', 'bill.csv, row 1, column BilledCost'],
    [
      '1970',
      csv([{ ChargePeriodStart: '1970-01-01' }]),
      'VALUE_DATE_RANGE',
      'bill.csv, row 1, column ChargePeriodStart',
    ],
    ['9999', csv([{ ChargePeriodEnd: '9999-12-31' }]), 'VALUE_DATE_RANGE', 'bill.csv, row 1, column ChargePeriodEnd'],
    [
      '30 February',
      csv([{ ChargePeriodStart: '2024-02-30' }]),
      'VALUE_DATE_RANGE',
      'bill.csv, row 1, column ChargePeriodStart',
    ],
    [
      'a date whose order nobody knows',
      csv([{ ChargePeriodStart: '4/1/25' }]),
      'VALUE_DATE_RANGE',
      'bill.csv, row 1, column ChargePeriodStart',
    ],
    ['no date', csv([{}, { ChargePeriodEnd: 'NULL' }]), 'VALUE_DATE_RANGE', 'bill.csv, row 2, column ChargePeriodEnd'],
    [
      'an end before its start',
      csv([{}, { ChargePeriodEnd: '2024-08-31' }]),
      'VALUE_DATE_RANGE',
      'bill.csv, row 2, column ChargePeriodEnd',
    ],
    [
      'a billing period that ends before it starts',
      csv(
        [{ BillingPeriodStart: '2024-10-01', BillingPeriodEnd: '2024-09-01' }],
        [...COLUMNS, 'BillingPeriodStart', 'BillingPeriodEnd'],
      ),
      'VALUE_DATE_RANGE',
      'bill.csv, row 1, column BillingPeriodEnd',
    ],
    ['two currencies', csv([{}, {}, { BillingCurrency: 'EUR' }]), 'CURRENCY_MIXED', 'bill.csv'],
    ['a row without a currency', csv([{}, { BillingCurrency: '' }]), 'CURRENCY_MIXED', 'bill.csv'],
  ])('%s', async (_, content, code, where) => {
    expect(await refusal(await written(content))).toStrictEqual([code, where]);
  });

  test('the columns that are missing are all named, and the first bytes are shown', async () => {
    const without = COLUMNS.filter((column) => !column.endsWith('Cost'));
    await expect(readBill(await written(csv([{}], without)), aStore())).rejects.toThrow(
      'expected the columns of a FOCUS bill, got a file without BilledCost, EffectiveCost',
    );
    await expect(readBill(await written('%PDF-1.7'), aStore())).rejects.toThrow(
      'got a PDF (first bytes 25 50 44 46 2d 31 2e 37)',
    );
  });

  test('a path that is no file', async () => {
    await mkdir(join(home, 'folder'));
    execFileSync('/usr/bin/env', ['mkfifo', join(home, 'fifo')]);
    expect(await refusal(join(home, 'nothing.csv'))).toStrictEqual(['INPUT_NOT_FOUND', 'nothing.csv']);
    expect(await refusal(join(home, 'folder'))).toStrictEqual(['INPUT_EMPTY', 'folder']);
    expect(await refusal(join(home, 'fifo'))).toStrictEqual(['INPUT_NOT_REGULAR', 'fifo']);
    expect(await refusal('/dev/null')).toStrictEqual(['INPUT_NOT_REGULAR', 'null']);
    expect(await refusal(`${home}/${'x'.repeat(300)}`)).toStrictEqual(['INPUT_NOT_FOUND', 'x'.repeat(300)]);
  });

  test('a file of any size that is no text', async () => {
    const path = await written('', 'large.csv');
    await truncate(path, BILL_MAX_BYTES + 1);
    expect(await refusal(path)).toStrictEqual(['INPUT_ENCODING', 'large.csv, byte 0']);
    await truncate(path, 2 ** 40);
    expect(await refusal(path)).toStrictEqual(['INPUT_ENCODING', 'large.csv, byte 0']);
  });
});

test('a bill with random damage is refused by a code, or read and judged without an error', async () => {
  const good = csv([{}, { BilledCost: '-2.50' }, { ProviderName: 'Microsoft' }]);
  const damage = fc.oneof(
    fc.record({ at: fc.nat(good.length), cut: fc.nat(20), put: fc.string({ maxLength: 12 }) }),
    fc.record({
      at: fc.nat(good.length),
      cut: fc.nat(3),
      put: fc.constantFrom(
        '"',
        ',',
        '\n',
        '\0',
        '\r',
        'NULL',
        '-',
        'e9',
        '\ufeff',
        '\ud800',
        '9'.repeat(50),
        '"""',
        '__proto__',
      ),
    }),
  );
  const strange: unknown[] = [];
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, cut, put }) => {
      const path = await written(good.slice(0, at) + put + good.slice(at + cut), 'fuzz.csv');
      const outcome: unknown = await judged(path).catch((error: unknown) => error);
      if (outcome instanceof Error && !(outcome instanceof CollectError)) strange.push(outcome);
    }),
    { numRuns: 150 },
  );
  expect(strange).toStrictEqual([]);
});

/** Reads a bill and judges what was stored of it. */
async function judged(path: string): Promise<void> {
  const store = aStore();
  const { evidence } = await readBill(path, store);
  const table = parseCsv(store.stored[0] ?? new Uint8Array());
  const citation = { evidence, pointer: '', media_type: 'text/csv' } as const;
  const lines = { cited: [table], citations: [citation] };
  billResult({ lines });
  accountSpend(lines, { asOf: '2024-09-20', budgetUsd: '1' });
}
