import { createHash } from 'node:crypto';
import type { InputFile } from '@infrafabric/finops';
import { CSV_LIMITS, checkColumns, noRows, scanned } from '../csv.ts';
import { CsvScanner, fieldOf } from '../csv-scanner.ts';
import { gunzip } from '../gunzip.ts';
import { TextBlocks } from '../text.ts';
import type { BillFile } from './bill-file.ts';
import { checkCsvStart } from './bill-kind.ts';
import { BillMerger, type MergedBill } from './bill-merger.ts';
import type { Destination } from './destination.ts';
import { storeMerged } from './store-merged.ts';

/**
 * Reads a CSV bill of any size once, block by block, and merges its lines; the file itself stays where it is.
 *
 * @throws CollectError as `readBill`.
 */
export async function mergeCsv(file: BillFile, kind: 'csv' | 'gzip', to: Destination): Promise<InputFile> {
  const hash = createHash('sha256');
  const merged = await mergedCsv(file, kind, file.blocks(hash));
  return storeMerged(file, { merged, sha256: hash.digest('hex') }, to);
}

async function mergedCsv(file: BillFile, kind: 'csv' | 'gzip', packed: AsyncIterable<Uint8Array>): Promise<MergedBill> {
  const { name } = file;
  let merger: BillMerger | undefined;
  let rows = 0;
  const scanner = new CsvScanner((record, index) => {
    if (merger === undefined) {
      const columns = Array.from({ length: record.fields }, (_, field) => fieldOf(record, field));
      checkColumns(columns, name);
      merger = new BillMerger(columns, name);
      return;
    }
    rows = index;
    merger.add(record, index);
  }, CSV_LIMITS);
  const text = new TextBlocks(name);
  let isFirst = true;
  for await (const block of kind === 'gzip' ? gunzip(packed, { name, bytes: file.bytes }) : packed) {
    if (isFirst) checkCsvStart(block, name);
    isFirst = false;
    scanned(name, () => scanner.push(text.push(block)));
  }
  text.end();
  scanned(name, () => scanner.end());
  if (merger === undefined || rows === 0) throw noRows(name);
  return merger.end();
}
