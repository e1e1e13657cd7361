import { createHash } from 'node:crypto';
import { CSV_LIMITS, checkColumns, noRows, scanned } from '../csv.ts';
import { type CsvRecord, CsvScanner, fieldOf } from '../csv-scanner.ts';
import { TextBlocks } from '../text.ts';
import type { BillFile } from './bill-file.ts';
import { checkCsvStart } from './bill-kind.ts';
import { BillMerger } from './bill-merger.ts';
import type { Destination, ReadBill } from './destination.ts';
import { LineWatch } from './line-watch.ts';
import { storeMerged } from './store-merged.ts';
import { type TextKind, unpacked } from './unpacked.ts';

/**
 * Reads a CSV bill of any size once, block by block, and merges its lines; the file itself stays where it is.
 *
 * @throws CollectError as `readBill`.
 */
export async function mergeCsv(file: BillFile, kind: TextKind, to: Destination): Promise<ReadBill> {
  const hash = createHash('sha256');
  let read: { readonly merger: BillMerger; readonly watch: LineWatch } | undefined;
  await scanBill(file.name, unpacked(file, kind, hash), (columns) => {
    const merger = new BillMerger(columns, file.name, to.maxLines);
    const watch = new LineWatch(columns, merger.header, to.memory);
    read = { merger, watch };
    return {
      add: (record, row) => {
        merger.add(record, row);
        watch.add(record);
      },
    };
  });
  if (read === undefined) throw noRows(file.name);
  const input = await storeMerged(file, { merged: read.merger.end(), sha256: hash.digest('hex') }, to);
  return { input, coverage: read.watch.coverage() };
}

/** Takes the records of a bill below the header, one after the other. */
export interface RecordTaker {
  readonly add: (record: CsvRecord, row: number) => void;
}

/**
 * Reads a CSV bill block by block and hands its records to what `open` makes of the header.
 *
 * @throws CollectError those of the text and of CSV; `INPUT_NO_ROWS`.
 */
export async function scanBill(
  name: string,
  blocks: AsyncIterable<Uint8Array>,
  open: (columns: readonly string[]) => RecordTaker,
): Promise<void> {
  let taker: RecordTaker | undefined;
  let rows = 0;
  const scanner = new CsvScanner((record, index) => {
    if (taker === undefined) {
      const columns = Array.from({ length: record.fields }, (_, field) => fieldOf(record, field));
      checkColumns(columns, name);
      taker = open(columns);
      return;
    }
    rows = index;
    taker.add(record, index);
  }, CSV_LIMITS);
  const text = new TextBlocks(name);
  let isFirst = true;
  for await (const block of blocks) {
    if (isFirst) checkCsvStart(block, name);
    isFirst = false;
    scanned(name, () => scanner.push(text.push(block)));
  }
  text.end();
  scanned(name, () => scanner.end());
  if (rows === 0) throw noRows(name);
}
