import type { InputFile } from '@infrafabric/finops';
import { type CsvTable, type MediaType, sha256Hex } from '@infrafabric/protocol';
import { parseCsv } from '../csv.ts';
import { withDuckDb } from '../duckdb.ts';
import { PARQUET_MAX_ROWS, parquetShape, parquetTable } from '../parquet.ts';
import { type BillHeader, checkBill } from './bill-check.ts';
import { checkCurrencies } from './currencies.ts';
import { BILL_MAX_BYTES, type BillFile, fileHash, type FoundBill, openBill, wholeFile } from './bill-file.ts';
import { KIND_BYTES, billKind, checkCsvStart } from './bill-kind.ts';
import type { Destination, ReadBill } from './destination.ts';
import { billedTotals, reconcile } from './bill-totals.ts';
import { watchTable } from './line-watch.ts';
import { mergeCsv } from './merge-csv.ts';
import { mergeParquet } from './merge-parquet.ts';
import { watchParquet } from './parquet-watch.ts';
import { redactBill } from './redact-bill.ts';
import { type TextKind, unpacked } from './unpacked.ts';

/**
 * Reads one file of a bill and checks it whole: FOCUS or a Cost and Usage Report, as CSV, CSV.gz, CSV in zip or Parquet.
 *
 * Up to 64 MiB of text, or 100,000 rows of Parquet, are stored as found; secrets in cells are replaced first, and then the
 * stored bytes are CSV and differ from the file. A larger file stays where it is: its lines are merged by day and by
 * resource, and these are stored. Nothing is stored when anything is wrong.
 * @throws CollectError `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`, `INPUT_NOT_REGULAR`, `INPUT_EMPTY`, `INPUT_TOO_LARGE`,
 *   `INPUT_CHANGED`, `INPUT_FORMAT_UNKNOWN`, `ARCHIVE_UNSAFE`, `INPUT_ENCODING`, `INPUT_TRUNCATED`,
 *   `INPUT_DECOMPRESSED_TOO_LARGE`, `INPUT_NO_ROWS`, `CSV_ROW_SHAPE`, `SCHEMA_COLUMN_DUPLICATE`, `SCHEMA_COLUMN_MISSING`,
 *   `VALUE_NOT_DECIMAL`, `VALUE_DATE_RANGE`, `CURRENCY_MIXED`, `RECONCILIATION_FAILED`, `DUCKDB_MISSING`.
 */
export async function readBill(found: FoundBill, to: Destination): Promise<ReadBill> {
  const file = await openBill(found);
  try {
    const kind = billKind(await file.start(KIND_BYTES), file.name);
    if (kind === 'parquet') return await readParquet(file, to);
    return await readText(file, kind, to);
  } finally {
    await file.close();
  }
}

async function readText(file: BillFile, kind: TextKind, to: Destination): Promise<ReadBill> {
  const text = await smallText(file, kind);
  if (text === undefined) return mergeCsv(file, kind, to);
  const table = parseCsv(text, file.name);
  const { input, header } = await stored(file, await wholeText(file, { kind, text, table }), to);
  return { input, coverage: watchTable(table, header, to.memory) };
}

async function wholeText(
  file: BillFile,
  { kind, text, table }: { readonly kind: TextKind; readonly text: Uint8Array; readonly table: CsvTable },
): Promise<WholeBill> {
  if (kind === 'gzip') return { bytes: await wholeFile(file), table, media_type: 'application/gzip' };
  return {
    bytes: text,
    sha256: kind === 'zip' ? await fileHash(file) : sha256Hex(text),
    table,
    media_type: 'text/csv',
  };
}

interface WholeBill {
  /** What travels when it holds no secret. */
  readonly bytes: Uint8Array;
  /** Of the file, where the bytes are what was packed in it. */
  readonly sha256?: string;
  readonly table: CsvTable;
  readonly media_type: MediaType;
}

/** Checks a bill held in memory and stores it. */
async function stored(
  file: BillFile,
  whole: WholeBill,
  to: Destination,
): Promise<{ input: InputFile; header: BillHeader }> {
  const { bytes, table, media_type } = whole;
  const header = checkBill(table, file.name);
  const billed = billedTotals(table, header);
  checkCurrencies(Object.keys(billed), to.rates, file.name);
  reconcile(billed, [table], file.name);
  const clean = redactBill(bytes, table);
  const { id } = await to.sink.put(clean.bytes);
  const input: InputFile = {
    kind: 'bill',
    name: file.name,
    sha256: whole.sha256 ?? sha256Hex(bytes),
    bytes: file.bytes,
    evidence: id,
    redactions: clean.redactions,
    format: header.format,
    media_type: clean.redactions === 0 ? media_type : 'text/csv',
    billed,
  };
  return { input, header };
}

/** The text of a file when that is small enough to travel, else `undefined`. */
async function smallText(file: BillFile, kind: TextKind): Promise<Uint8Array | undefined> {
  if (file.bytes > BILL_MAX_BYTES) return undefined;
  if (kind === 'csv') return wholeFile(file);
  const blocks: Uint8Array[] = [];
  let length = 0;
  for await (const block of unpacked(file, kind)) {
    if (length === 0) checkCsvStart(block, file.name);
    blocks.push(block);
    length += block.length;
    if (length > BILL_MAX_BYTES) return undefined;
  }
  return Buffer.concat(blocks);
}

async function readParquet(file: BillFile, to: Destination): Promise<ReadBill> {
  return withDuckDb(file.path, file.name, async (database) => {
    const shape = await parquetShape(database, file.path, file.name);
    if (shape.rows > PARQUET_MAX_ROWS || file.bytes > BILL_MAX_BYTES)
      return mergeParquet(file, { database, shape }, to);
    const table = await parquetTable(database, file.path, shape);
    const whole = { bytes: await wholeFile(file), table, media_type: 'application/vnd.apache.parquet' } as const;
    const { input } = await stored(file, whole, to);
    return { input, ...(await watchParquet(file, { database, shape }, to.memory)) };
  });
}
