import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BILL_DERIVATIONS, billResult, type InputFile } from '@infrafabric/finops';
import type { Citation, CsvTable, EvidenceId } from '@infrafabric/protocol';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCsv } from '../csv.ts';
import { withDuckDb } from '../duckdb.ts';
import { CollectError } from '../errors.ts';
import { parquetShape } from '../parquet.ts';
import { aSink, type BillRow, curText, FOCUS_COLUMNS, focusText } from '../testing/bill-text.ts';
import { parquetOf } from '../testing/parquet-of.ts';
import { zipped } from '../testing/zip.ts';
import { type BillFile, openBill } from './bill-file.ts';
import type { ReadBill } from './destination.ts';
import { LineMemory } from './line-watch.ts';
import { mergeCsv } from './merge-csv.ts';
import { mergeParquet } from './merge-parquet.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'infrafabric-merge-'));
});
afterAll(() => rm(home, { recursive: true }));

type Merged = { input: InputFile; days: CsvTable; resources: CsvTable };

const PACKED = {
  csv: (text: string): string => text,
  gzip: (text: string): Uint8Array => gzipSync(text),
  zip: (text: string): Uint8Array => zipped({ 'bill.csv': text }),
};

async function merged(text: string, kind: 'csv' | 'gzip' | 'zip' = 'csv'): Promise<Merged> {
  const path = join(home, `bill.${kind}`);
  await writeFile(path, PACKED[kind](text));
  return withFile(path, (file, sink) => mergeCsv(file, kind, { sink, rates: [], memory: new LineMemory() }));
}

async function withFile(
  path: string,
  merge: (file: BillFile, sink: ReturnType<typeof aSink>) => Promise<ReadBill>,
): Promise<Merged> {
  const file = await openBill({ path, name: 'bill' });
  const sink = aSink();
  try {
    const { input } = await merge(file, sink);
    const table = (id: EvidenceId): CsvTable => parseCsv(sink.stored.get(id)!);
    return { input, days: table(input.evidence), resources: table(input.resources!) };
  } finally {
    await file.close();
  }
}

const citation: Citation = { evidence: `if://evidence/sha256/${'b'.repeat(64)}`, pointer: '', media_type: 'text/csv' };
const cited = (table: CsvTable) => ({ cited: [table], citations: [citation] });
const byId = (id: string) => BILL_DERIVATIONS.find((one) => one.id === id)!;

/** What every figure of a bill is made of, from its lines and from its lines by resource. */
function figures(lines: CsvTable, resources: CsvTable): unknown {
  const result = billResult({ lines: cited(lines), resources: cited(resources) });
  const days = ['2026-10-01', '2026-10-02', '2026-10-03'].map((day) =>
    byId('finops/bill-day-sum@1').compute([lines], { column: 'BilledCost', day }),
  );
  const groups = ['us-east-1', 'eu-west-1', null].map((RegionId) =>
    byId('finops/bill-sum@1').compute([lines], { column: 'ListCost', filter: { RegionId } }),
  );
  const claims = result.claims.map((claim) => claim.figures.map(({ name, value }) => `${name} ${value}`));
  const notes = result.notes.filter(({ code }) => code !== 'COST_ABSENT');
  return {
    days,
    groups,
    claims,
    notes,
    costs: result.costs.map((one) => ({ ...one, citations: [] })),
    accounts: result.accounts,
  };
}

const cost = fc.constantFrom('0', '0.0000123', '1.5', '-2.25', '3', '1E-7', '0.333333333333333333', 'NULL');
const row = fc
  .record({
    hour: fc.integer({ min: 0, max: 70 }),
    hours: fc.constantFrom(1, 24, 700),
    BilledCost: cost.map((text) => (text === 'NULL' ? '0' : text)),
    // Never whole: whether EffectiveCost is believed is judged by merged lines, so a few whole ones may tell another tale.
    EffectiveCost: fc.constantFrom('0.0000123', '1.5', '-2.25', '1E-7', '0.333333333333333333'),
    ListCost: cost,
    RegionId: fc.constantFrom('us-east-1', 'eu-west-1', 'NULL'),
    ResourceId: fc.constantFrom('i-0123456789abcdef0', 'vol-0123456789abcdef0', ''),
    ChargeCategory: fc.constantFrom('Usage', 'Tax', 'Purchase'),
    ServiceName: fc.constantFrom('EC2', 'a "quoted", name'),
  })
  .map(({ hour, hours, ...rest }): BillRow => {
    const at = (one: number): string =>
      new Date(Date.UTC(2026, 9, 1, one)).toISOString().slice(0, 19).replace('T', ' ');
    return { ...rest, ChargePeriodStart: at(hour), ChargePeriodEnd: at(hour + hours) };
  });

describe('merged lines of a FOCUS bill', () => {
  test('give every figure that the lines themselves give', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const text = focusText(rows);
        const whole = parseCsv(new TextEncoder().encode(text));
        const { days, resources } = await merged(text);
        expect(claimsApart(figures(days, resources))).toStrictEqual(claimsApart(figures(whole, whole)));
      }),
      { numRuns: 60 },
    );
  });

  test('do not believe an EffectiveCost that the lines themselves give the lie, and count as many rows', async () => {
    const text = focusText(
      Array.from({ length: 60 }, (_, n) => ({ BilledCost: '0.4', EffectiveCost: '0', RegionId: `r-${n % 5}` })),
    );
    const whole = parseCsv(new TextEncoder().encode(text));
    const { days, resources } = await merged(text);
    expect([days.rows.length, claimsApart(figures(days, resources))]).toStrictEqual([
      5,
      claimsApart(figures(whole, whole)),
    ]);
    expect(JSON.stringify(figures(days, resources))).toContain('60 rows with BilledCost > 0 and EffectiveCost 0');
  });

  test('are the same bytes whatever the order of lines, and in gzip', async () => {
    const rows = Array.from({ length: 40 }, (_, n): BillRow => ({
      BilledCost: `${n}.1`,
      SubAccountId: `${n % 7}`,
      RegionId: `r-${n % 3}`,
    }));
    const [first, second, packed, archived] = [
      await merged(focusText(rows)),
      await merged(focusText(rows.toReversed())),
      await merged(focusText(rows), 'gzip'),
      await merged(focusText(rows), 'zip'),
    ];
    expect([second.input.evidence, second.input.resources]).toStrictEqual([
      first.input.evidence,
      first.input.resources,
    ]);
    for (const { input } of [packed, archived])
      expect([input.evidence, input.billed]).toStrictEqual([first.input.evidence, first.input.billed]);
    expect(first.days.rows.length).toBe(21);
  });

  test('from Parquet are the bytes they are from CSV', async () => {
    const rows = [
      {},
      { BilledCost: '2.5', ListCost: 'NULL' },
      { ChargePeriodEnd: '2026-10-04 00:00:00' },
      { ResourceId: '' },
      { SubAccountId: '', BilledCost: '-0.000000001' },
    ];
    const text = focusText(rows);
    const fromCsv = await merged(text);
    const path = await parquetOf(home, text);
    const fromParquet = await withFile(path, (file, sink) =>
      withDuckDb(path, 'bill', async (database) =>
        mergeParquet(
          file,
          { database, shape: await parquetShape(database, path, 'bill') },
          { sink, rates: [], memory: new LineMemory() },
        ),
      ),
    );
    expect([fromParquet.days, fromParquet.resources]).toStrictEqual([fromCsv.days, fromCsv.resources]);
    expect(fromParquet.input.billed).toStrictEqual(fromCsv.input.billed);
  });

  test.each<[string, BillRow, string, string]>([
    ['a bad number', { EffectiveCost: 'x' }, 'VALUE_NOT_DECIMAL', 'EffectiveCost'],
    ['no billed cost', { BilledCost: '' }, 'VALUE_NOT_DECIMAL', 'BilledCost'],
    ['a bad start', { ChargePeriodStart: '4/1/25' }, 'VALUE_DATE_RANGE', 'ChargePeriodStart'],
    ['a bad end', { ChargePeriodEnd: '9999-12-31' }, 'VALUE_DATE_RANGE', 'ChargePeriodEnd'],
    ['an end before the start', { ChargePeriodEnd: '2026-09-30' }, 'VALUE_DATE_RANGE', 'ChargePeriodEnd'],
  ])('are refused for %s, in CSV and in Parquet alike', async (_, bad, code, column) => {
    const text = focusText([{}, {}, bad]);
    const path = await parquetOf(home, text);
    const answers = await Promise.all([
      refusal(merged(text)),
      refusal(
        withFile(path, (file, sink) =>
          withDuckDb(path, 'bill', async (database) =>
            mergeParquet(
              file,
              { database, shape: await parquetShape(database, path, 'bill') },
              { sink, rates: [], memory: new LineMemory() },
            ),
          ),
        ),
      ),
    ]);
    expect(answers).toStrictEqual(Array.from({ length: 2 }, () => [code, `bill, row 3, column ${column}`]));
  });
});

test('merged lines of a Cost and Usage Report give the figures of its lines, repeats and shares left out', async () => {
  const line = { 'identity/LineItemId': 'a', 'lineItem/ResourceId': 'i-0123456789abcdef0' };
  const text = curText([
    line,
    line,
    { 'lineItem/Operation': 'EKSPod-EC2', 'lineItem/UnblendedCost': '0.25' },
    {
      'lineItem/LineItemType': 'SavingsPlanRecurringFee',
      'savingsPlan/TotalCommitmentToDate': '10',
      'savingsPlan/UsedCommitment': '7',
    },
    { 'lineItem/LineItemType': 'Fee', 'reservation/ReservationARN': 'arn:x', 'lineItem/UnblendedCost': '500' },
  ]);
  const whole = parseCsv(new TextEncoder().encode(text));
  const { days, resources, input } = await merged(text);
  expect(figures(days, resources)).toStrictEqual(figures(whole, whole));
  expect([input.format, input.billed]).toStrictEqual(['cur-legacy', { USD: '504.75' }]);
});

describe('resources beyond those that are told apart', () => {
  const rows = [
    ...['a', 'a', 'b', 'b', 'c', 'c'].map((name, n): BillRow => ({ ResourceId: `arn:${name}`, BilledCost: `${n}` })),
    { ResourceId: 'arn:a', ChargeCategory: 'Tax', BilledCost: '9' },
    { ResourceId: '' },
  ];

  test('stand together without a name, the others with all their lines, and a note says what that comes to', async () => {
    const path = join(home, 'beyond.csv');
    await writeFile(path, focusText(rows));
    const { resources, days } = await withFile(path, (file, sink) =>
      mergeCsv(file, 'csv', { sink, rates: [], memory: new LineMemory(), maxLines: 2 }),
    );
    expect(column(resources, 'ResourceId')).toStrictEqual(['arn:a', 'arn:a', 'arn:b', '']);
    const { notes, costs } = billResult({ lines: cited(days), resources: cited(resources) });
    expect(costs.map((one) => one.resource_id)).toStrictEqual(['arn:a', 'arn:b']);
    expect(notes.find(({ code }) => code === 'RESOURCES_NOT_TOLD_APART')?.detail).toContain('2 lines with 9.00 USD');
  });

  test('are the cheapest ones in Parquet', async () => {
    const path = await parquetOf(home, focusText(rows));
    const { resources } = await withFile(path, (file, sink) =>
      withDuckDb(path, 'bill', async (database) =>
        mergeParquet(
          file,
          { database, shape: await parquetShape(database, path, 'bill') },
          { sink, rates: [], memory: new LineMemory(), maxLines: 3 },
        ),
      ),
    );
    // a costs 0 + 1 + 9 on two lines, c costs 4 + 5, b 2 + 3
    expect(column(resources, 'ResourceId')).toStrictEqual(['arn:a', 'arn:a', 'arn:c', '']);
  });
});

const column = ({ columns, rows }: CsvTable, name: string): string[] =>
  rows.map((row) => row[columns.indexOf(name)] ?? '');

describe('what never ends', () => {
  test('a line of 2 GB is refused after its first megabytes', async () => {
    let pulled = 0;
    const block = new Uint8Array(1024 * 1024).fill(0x78);
    const blocks = async function* () {
      for (; pulled < 2048; pulled += 1) yield await Promise.resolve(block);
    };
    const file = {
      name: 'long.csv',
      path: '',
      bytes: 2 ** 31,
      start: () => Promise.resolve(block),
      blocks,
      close: () => Promise.resolve(),
    };
    const answer = await refusal(mergeCsv(file, 'csv', { sink: aSink(), rates: [], memory: new LineMemory() }));
    expect([answer, pulled < 4]).toStrictEqual([['INPUT_TOO_LARGE', 'long.csv'], true]);
  });

  test('a gzip bomb is refused at 200 times its size', async () => {
    const bomb = gzipSync(
      `${FOCUS_COLUMNS.join(',')}\n${focusText([{}]).split('\n')[1]!.concat('\n').repeat(200_000)}`,
    );
    const path = join(home, 'bomb.csv.gz');
    await writeFile(path, bomb);
    const answer = await refusal(
      withFile(path, (file, sink) => mergeCsv(file, 'gzip', { sink, rates: [], memory: new LineMemory() })),
    );
    expect(answer).toStrictEqual(['INPUT_DECOMPRESSED_TOO_LARGE', 'bill']);
  });
});

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  return error instanceof CollectError ? [error.code, error.where] : error;
}

/** The totals say how many lines there are; merged there are fewer. */
function claimsApart(all: unknown): unknown {
  return JSON.parse(JSON.stringify(all).replaceAll(/\d+ of \d+ rows/g, 'rows'));
}
