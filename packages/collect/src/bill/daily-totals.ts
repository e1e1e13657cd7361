import { DAY_MS, formatScaled } from '@infrafabric/finops';
import type { DecimalString } from '@infrafabric/protocol';
import { type Database, sqlText, withDuckDb } from '../duckdb.ts';
import { parquetShape } from '../parquet.ts';
import { billHeader } from './bill-check.ts';
import { type BillFile, openBill } from './bill-file.ts';
import { KIND_BYTES, billKind } from './bill-kind.ts';
import { billedColumns } from './bill-totals.ts';
import { DayMerger } from './day-merger.ts';
import { placesOf } from './field-places.ts';
import { scanBill } from './merge-csv.ts';
import { ParquetSql } from './parquet-sql.ts';
import { surveyParquet } from './parquet-survey.ts';
import { unpacked } from './unpacked.ts';

/** What the lines whose charge period starts on a day (UTC) come to, by the file's own names of the number columns. */
export interface DayTotal {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly sums: Readonly<Record<string, DecimalString>>;
}

/**
 * The totals of a bill of any size by day, exact, in one pass and nothing kept but the days.
 *
 * Every value that goes into them is checked as when the bill is read.
 * @throws CollectError as `readBills` for one file.
 */
export async function dailyTotals(path: string, name: string): Promise<DayTotal[]> {
  const file = await openBill({ path, name });
  try {
    const kind = billKind(await file.start(KIND_BYTES), name);
    if (kind === 'parquet') return await withDuckDb(path, name, (database) => parquetDays(database, file));
    let merger: DayMerger | undefined;
    await scanBill(name, unpacked(file, kind), (columns) => (merger = new DayMerger(columns, name)));
    return merger?.totals() ?? [];
  } finally {
    await file.close();
  }
}

async function parquetDays(database: Database, file: BillFile): Promise<DayTotal[]> {
  const shape = await parquetShape(database, file.path, file.name);
  const columns = shape.columns.map((column) => column.name);
  const header = billHeader(columns, file.name);
  const sql = new ParquetSql(shape, header, placesOf(columns, header, billedColumns(header)));
  const numbers = sql.at.sums.slice(0, sql.at.checked);
  const bad = sql.defects().map(({ when }) => when);
  const sums = numbers.map((place) => `coalesce(sum(${sql.number(place)}), 0)::VARCHAR`);
  const rows = await database.all(
    `SELECT ${sql.instant(sql.at.start)} // ${DAY_MS} AS day, count(*) FILTER (${bad.join(' OR ')}), ${sums.join(', ')}
     FROM read_parquet(${sqlText(file.path)}) GROUP BY 1 ORDER BY 1`,
  );
  if (rows.some((row) => Number(row[1]) > 0)) await surveyParquet(database, sql, file);
  return rows.map(([day, , ...texts]) => ({
    day: dayText(Number(day)),
    sums: Object.fromEntries(numbers.map((place, index) => [place.name, trimmed(String(texts[index]))])),
  }));
}

const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** A decimal of DuckDB without the zeros that fill its places. */
function trimmed(text: string): DecimalString {
  const [whole = '0', part = ''] = text.split('.');
  return formatScaled(BigInt(whole + part), part.length);
}
