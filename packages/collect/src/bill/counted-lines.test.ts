import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, withDuckDb } from '../duckdb.ts';
import { parquetShape } from '../parquet.ts';
import { aSink, curText } from '../testing/bill-text.ts';
import { parquetOf } from '../testing/parquet-of.ts';
import { openBill } from './bill-file.ts';
import { countedLines } from './counted-lines.ts';
import type { ReadBill } from './destination.ts';
import { LineMemory } from './line-watch.ts';
import { mergeCsv } from './merge-csv.ts';
import { mergeParquet } from './merge-parquet.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'infrafabric-counted-'));
});
afterAll(() => rm(home, { recursive: true }));

describe('a line item in two merged files of a report', () => {
  const own = (...names: readonly string[]) =>
    names.map((name) => ({ 'identity/LineItemId': name, 'lineItem/ResourceId': name }));
  const texts = [curText(own('a', 'b', 'c')), curText(own('c', 'd', 'e'))];
  const two = { code: 'BILL_OVERLAP', where: 'bill, bill' };

  test('is refused in CSV, for merged lines cannot leave it out', async () => {
    const memory = new LineMemory(texts.length);
    const read: ReadBill[] = [];
    for (const text of texts) {
      const path = join(home, `${read.length}.csv`);
      await writeFile(path, text);
      const file = await openBill({ path, name: 'bill' });
      read.push(await mergeCsv(file, 'csv', { sink: aSink(), rates: [], memory }));
      await file.close();
    }
    expect(read.map(({ coverage }) => coverage.again)).toStrictEqual([0, 1]);
    await expect(countedLines(read)).rejects.toMatchObject(two);
    expect((await countedLines(read.slice(0, 1))).length).toBe(1);
  });

  test('is refused in Parquet', async () => {
    const read: ReadBill[] = [];
    for (const text of texts) {
      const path = await parquetOf(home, text);
      const file = await openBill({ path, name: 'bill' });
      const to = { sink: aSink(), rates: [], memory: new LineMemory() };
      const open = async (database: Database) => ({ database, shape: await parquetShape(database, path, 'bill') });
      read.push(await withDuckDb(path, 'bill', async (database) => mergeParquet(file, await open(database), to)));
      await file.close();
    }
    await expect(countedLines(read)).rejects.toMatchObject(two);
  });
});
