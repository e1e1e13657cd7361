import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './testing/command.ts';
import { focusBill, smallEstate, writeFiles } from './testing/inputs.ts';
import { type Refusal, testRefusals } from './testing/refusals.ts';

const estateOf =
  (files: Record<string, string | Uint8Array>) =>
  (folder: string): string[] => ['analyze', '--estate', writeFiles(join(folder, 'estate'), files)];

const billOf =
  (content: string | Uint8Array, name = 'bill.csv') =>
  (folder: string): string[] => {
    writeFileSync(join(folder, name), content);
    return ['analyze', '--bill', join(folder, name)];
  };

const GOOD_ANSWER = JSON.stringify({ Volumes: [] });
const VOLUMES = 'us-east-1/ec2.DescribeVolumes.json';

const INPUTS: readonly Refusal[] = [
  {
    name: 'an estate that is not there',
    prepare: (folder) => ['analyze', '--estate', join(folder, 'none')],
    code: 'INPUT_NOT_FOUND',
    status: 3,
    names: 'none',
  },
  {
    name: 'a file as an estate',
    prepare: (folder) => ['analyze', '--estate', join(writeFiles(folder, { 'a.json': '{}' }), 'a.json')],
    code: 'INPUT_NOT_REGULAR',
    status: 3,
    names: 'a.json',
  },
  {
    name: 'an estate without answers',
    prepare: (folder) => {
      mkdirSync(join(folder, 'estate'));
      return ['analyze', '--estate', join(folder, 'estate')];
    },
    code: 'ESTATE_EMPTY',
    status: 3,
  },
  {
    name: 'truncated JSON',
    prepare: estateOf({ [VOLUMES]: GOOD_ANSWER.slice(0, -3) }),
    code: 'INPUT_TRUNCATED',
    status: 3,
    names: VOLUMES,
  },
  {
    name: 'an answer that is not UTF-8',
    prepare: estateOf({ [VOLUMES]: Buffer.from('{"Volumes":["\xff"]}', 'latin1') }),
    code: 'INPUT_ENCODING',
    status: 3,
    names: 'byte 13',
  },
  {
    name: 'a UTF-16 answer',
    prepare: estateOf({ [VOLUMES]: Buffer.from(`\uFEFF${GOOD_ANSWER}`, 'utf16le') }),
    code: 'INPUT_ENCODING',
    status: 3,
    names: 'UTF-16',
  },
  {
    name: 'a symlink out of the estate',
    prepare: (folder) => {
      const estate = writeFiles(join(folder, 'estate'), { [VOLUMES]: GOOD_ANSWER });
      symlinkSync('/etc/passwd', join(estate, 'us-east-1/ec2.DescribeInstances.json'));
      return ['analyze', '--estate', estate];
    },
    code: 'INPUT_OUTSIDE',
    status: 3,
    names: 'ec2.DescribeInstances.json',
  },
  {
    name: 'a bill that is not there',
    prepare: (folder) => ['analyze', '--bill', join(folder, 'none.csv')],
    code: 'INPUT_NOT_FOUND',
    status: 3,
  },
  {
    name: 'a directory without a bill',
    prepare: (folder) => ['analyze', '--bill', folder],
    code: 'INPUT_EMPTY',
    status: 3,
  },
  {
    name: 'a FIFO as a bill',
    prepare: (folder) => {
      spawnSync('mkfifo', [join(folder, 'bill.csv')]);
      return ['analyze', '--bill', join(folder, 'bill.csv')];
    },
    code: 'INPUT_NOT_REGULAR',
    status: 3,
  },
  {
    name: 'a bill without required columns',
    prepare: billOf(focusBill([{}], ['BilledCost', 'ChargePeriodStart'])),
    code: 'SCHEMA_COLUMN_MISSING',
    status: 3,
    names: 'BilledCost, ChargePeriodStart',
  },
  {
    name: 'a bill of two currencies',
    prepare: billOf(focusBill([{}, { BillingCurrency: 'EUR' }])),
    code: 'CURRENCY_MIXED',
    status: 3,
    names: /"EUR" and "USD"/,
  },
  {
    name: 'a ragged row',
    prepare: billOf(`${focusBill([{}])}1,2,3\n`),
    code: 'CSV_ROW_SHAPE',
    status: 3,
    names: 'row 2',
  },
  {
    name: 'a cost that is not a decimal',
    prepare: billOf(focusBill([{ BilledCost: '"1,234.5"' }])),
    code: 'VALUE_NOT_DECIMAL',
    status: 3,
    names: 'column BilledCost',
  },
  { name: 'an empty bill', prepare: billOf(''), code: 'INPUT_EMPTY', status: 3 },
  { name: 'a bill of a header only', prepare: billOf(focusBill([])), code: 'INPUT_NO_ROWS', status: 3 },
  {
    name: 'an old spreadsheet as a bill',
    prepare: billOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'bill.xls'),
    code: 'INPUT_FORMAT_UNKNOWN',
    status: 3,
    names: 'd0 cf 11 e0',
  },
  {
    name: 'a spreadsheet as a bill',
    prepare: billOf(Buffer.from('504b030414000600', 'hex'), 'bill.xlsx'),
    code: 'INPUT_FORMAT_UNKNOWN',
    status: 3,
    names: '50 4b 03 04',
  },
  { name: 'a PDF as a bill', prepare: billOf('%PDF-1.7\n', 'bill.pdf'), code: 'INPUT_FORMAT_UNKNOWN', status: 3 },
  {
    name: 'a login page as a bill',
    prepare: billOf('<!doctype html><title>Sign in</title>'),
    code: 'INPUT_FORMAT_UNKNOWN',
    status: 3,
  },
  {
    name: 'a bill in UTF-16',
    prepare: billOf(Buffer.from(`\ufeff${focusBill([{}])}`, 'utf16le')),
    code: 'INPUT_ENCODING',
    status: 3,
    names: 'byte 0',
  },
  {
    name: 'a bill with a column twice',
    prepare: billOf(focusBill([{}]).replace('ListCost', 'BilledCost')),
    code: 'SCHEMA_COLUMN_DUPLICATE',
    status: 3,
  },
  {
    name: 'a bill of 1970',
    prepare: billOf(focusBill([{ ChargePeriodStart: '1970-01-01' }])),
    code: 'VALUE_DATE_RANGE',
    status: 3,
    names: 'column ChargePeriodStart',
  },
  {
    name: 'a bill that is a gzip bomb',
    prepare: billOf(gzipSync(focusBill([{}]) + '\n'.repeat(4_000_000)), 'bill.csv.gz'),
    code: 'INPUT_DECOMPRESSED_TOO_LARGE',
    status: 3,
    names: '200 to 1',
  },
  {
    name: 'half a gzip',
    prepare: billOf(gzipSync(focusBill([{}])).subarray(0, 60), 'bill.csv.gz'),
    code: 'INPUT_TRUNCATED',
    status: 3,
  },
  {
    name: 'half a zip',
    prepare: billOf(Buffer.from('504b0304140006', 'hex'), 'bill.zip'),
    code: 'INPUT_TRUNCATED',
    status: 3,
  },
  { name: 'half a Parquet file', prepare: billOf('PAR1half', 'bill.parquet'), code: 'INPUT_TRUNCATED', status: 3 },
  {
    name: 'an early and a late snapshot of one month',
    prepare: (folder) => {
      const days = ['1', '2', '3', '4'].map((BilledCost) => ({ BilledCost }));
      const files = { 'early.csv': focusBill(days.slice(0, 3)), 'late.csv': focusBill(days) };
      return ['analyze', '--bill', writeFiles(join(folder, 'bills'), files)];
    },
    code: 'BILL_OVERLAP',
    status: 3,
    names: 'early.csv and late.csv',
  },
];

testRefusals(INPUTS);

test('a folder that holds something else is refused and left alone', async () => {
  const folder = temporaryFolder();
  const estate = smallEstate(join(folder, 'estate'));
  const out = writeFiles(join(folder, 'out'), { 'thesis.txt': 'years of work' });

  const ended = await infrafabric(['analyze', '--estate', estate, '--out', out], {
    home: join(folder, 'home'),
    cwd: '/',
  });

  expect(ended.stderr).toMatch(/^OUT_NOT_EMPTY/);
  expect(ended.status).toBe(2);
  expect(readdirSync(out)).toStrictEqual(['thesis.txt']);
  expect(readdirSync(folder).sort()).toStrictEqual(['estate', 'out']);
});
