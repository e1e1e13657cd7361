import { billTable, type InputFile } from '@infrafabric/finops';
import { type CsvTable, type MediaType, sha256Hex } from '@infrafabric/protocol';
import { parseCsv } from '../csv.ts';
import { withDuckDb } from '../duckdb.ts';
import { gunzip } from '../gunzip.ts';
import { PARQUET_MAX_ROWS, parquetShape, parquetTable } from '../parquet.ts';
import { checkBill } from './bill-check.ts';
import { checkCurrencies } from './currencies.ts';
import { BILL_MAX_BYTES, type BillFile, type FoundBill, openBill, wholeFile } from './bill-file.ts';
import { KIND_BYTES, billKind, checkCsvStart } from './bill-kind.ts';
import type { Destination } from './destination.ts';
import { billedTotals, reconcile } from './bill-totals.ts';
import { mergeCsv } from './merge-csv.ts';
import { mergeParquet } from './merge-parquet.ts';
import { redactBill } from './redact-bill.ts';

/**
 * Reads one file of a bill and checks it whole: FOCUS or a Cost and Usage Report, as CSV, CSV.gz or Parquet.
 *
 * Up to 64 MiB of text, or 100,000 rows of Parquet, are stored as found; secrets in cells are replaced first, and then the
 * stored bytes are CSV and differ from the file. A larger file stays where it is: its lines are merged by day and by
 * resource, and these are stored. Nothing is stored when anything is wrong.
 * @throws CollectError `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`, `INPUT_NOT_REGULAR`, `INPUT_EMPTY`, `INPUT_TOO_LARGE`,
 *   `INPUT_CHANGED`, `INPUT_FORMAT_UNKNOWN`, `ARCHIVE_UNSAFE`, `INPUT_ENCODING`, `INPUT_TRUNCATED`,
 *   `INPUT_DECOMPRESSED_TOO_LARGE`, `INPUT_NO_ROWS`, `CSV_ROW_SHAPE`, `SCHEMA_COLUMN_DUPLICATE`, `SCHEMA_COLUMN_MISSING`,
 *   `VALUE_NOT_DECIMAL`, `VALUE_DATE_RANGE`, `CURRENCY_MIXED`, `RECONCILIATION_FAILED`, `DUCKDB_MISSING`.
 */
export async function readBill(found: FoundBill, to: Destination): Promise<InputFile> {
  const file = await openBill(found);
  try {
    const kind = billKind(await file.start(KIND_BYTES), file.name);
    if (kind === 'parquet') return await readParquet(file, to);
    const text = kind === 'gzip' ? await smallText(file) : undefined;
    if (kind === 'gzip' && text === undefined) return await mergeCsv(file, kind, to);
    if (kind === 'csv' && file.bytes > BILL_MAX_BYTES) return await mergeCsv(file, kind, to);
    const bytes = await wholeFile(file);
    const table = parseCsv(text ?? bytes, file.name);
    return await stored(file, { bytes, table, media_type: kind === 'gzip' ? 'application/gzip' : 'text/csv' }, to);
  } finally {
    await file.close();
  }
}

interface WholeBill {
  readonly bytes: Uint8Array;
  readonly table: CsvTable;
  readonly media_type: MediaType;
}

/** Checks a bill held in memory and stores it. */
async function stored(file: BillFile, { bytes, table, media_type }: WholeBill, to: Destination): Promise<InputFile> {
  const header = checkBill(table, file.name);
  const billed = billedTotals(table, header);
  checkCurrencies(Object.keys(billed), to.rates, file.name);
  reconcile(billed, billTable(table), file.name);
  const clean = redactBill(bytes, table);
  const { id } = await to.sink.put(clean.bytes);
  return {
    kind: 'bill',
    name: file.name,
    sha256: sha256Hex(bytes),
    bytes: bytes.length,
    evidence: id,
    redactions: clean.redactions,
    format: header.format,
    media_type: clean.redactions === 0 ? media_type : 'text/csv',
    billed,
  };
}

/** What is inside a gzip file when that is small enough to travel, else `undefined`. */
async function smallText(file: BillFile): Promise<Uint8Array | undefined> {
  if (file.bytes > BILL_MAX_BYTES) return undefined;
  const blocks: Uint8Array[] = [];
  let length = 0;
  for await (const block of gunzip(file.blocks(), { name: file.name, bytes: file.bytes })) {
    if (length === 0) checkCsvStart(block, file.name);
    blocks.push(block);
    length += block.length;
    if (length > BILL_MAX_BYTES) return undefined;
  }
  return Buffer.concat(blocks);
}

async function readParquet(file: BillFile, to: Destination): Promise<InputFile> {
  return withDuckDb(file.path, file.name, async (database) => {
    const shape = await parquetShape(database, file.path, file.name);
    if (shape.rows > PARQUET_MAX_ROWS || file.bytes > BILL_MAX_BYTES)
      return mergeParquet(file, { database, shape }, to);
    const table = await parquetTable(database, file.path, shape);
    return stored(file, { bytes: await wholeFile(file), table, media_type: 'application/vnd.apache.parquet' }, to);
  });
}
