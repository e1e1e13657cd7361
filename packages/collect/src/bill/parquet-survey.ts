import { DAY_MS, formatScaled, parseBillDecimal } from '@infrafabric/finops';
import { type Database, sqlText } from '../duckdb.ts';
import type { CollectError } from '../errors.ts';
import { badDate, badPeriod, notDecimal } from './bill-check.ts';
import type { BillFile } from './bill-file.ts';
import type { BilledTotals } from './bill-totals.ts';
import type { ParquetSql, SqlDefect } from './parquet-sql.ts';

/** What one look over a Parquet bill tells before its lines are merged. */
export interface ParquetSurvey {
  readonly lines: number;
  /** Lines that may stand there more than once. */
  readonly repeats: number;
  /** First and last day (since the epoch) that usage touches. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly billed: BilledTotals;
}

/**
 * Checks every value of a Parquet bill that figures are made of, and adds up what it was billed.
 *
 * @throws CollectError `VALUE_NOT_DECIMAL`, `VALUE_DATE_RANGE` with the first bad row from the top of a column.
 */
export async function surveyParquet(database: Database, sql: ParquetSql, file: BillFile): Promise<ParquetSurvey> {
  const { at } = sql;
  const defects = sql.defects();
  const [from, to] = [sql.instant(at.start), sql.instant(at.end)];
  const identity = at.identity.map((place) => sql.key(place)).join(', ');
  const billed = at.billed.map((place) => sql.number(place)).join(', ');
  const currency = at.currency === undefined ? "''" : sql.key(at.currency);
  const rows = await database.all(
    `SELECT ${currency}, count(*), coalesce(sum(coalesce(${billed})), 0)::VARCHAR,
       min(${from}) FILTER (${sql.isUsage()}), max(${to}) FILTER (${sql.isUsage()}),
       ${identity === '' ? '0' : `count(*) - count(DISTINCT hash(${identity}))`}
       ${defects.map(({ when }) => `, count(*) FILTER (${when})`).join('')}
     FROM read_parquet(${sqlText(file.path)}) GROUP BY 1 ORDER BY 1`,
  );
  const wrong = defects.find((_, index) => rows.some((row) => Number(row[index + 6]) > 0));
  if (wrong !== undefined) throw await refusal(database, wrong, { sql, file });
  const numbers = (column: number): number[] => rows.map((row) => Number(row[column] ?? 0));
  return {
    lines: numbers(1).reduce((sum, lines) => sum + lines, 0),
    repeats: numbers(5).reduce((sum, lines) => sum + lines, 0),
    firstDay: Math.floor(Math.min(...numbers(3)) / DAY_MS),
    lastDay: Math.ceil(Math.max(...numbers(4)) / DAY_MS),
    billed: Object.fromEntries(rows.map(([code, , total]) => [String(code), plain(String(total))])),
  };
}

function plain(text: string): string {
  const { mantissa, scale } = parseBillDecimal(text) ?? { mantissa: 0n, scale: 0 };
  return formatScaled(mantissa, scale);
}

async function refusal(
  database: Database,
  { place, kind, when }: SqlDefect,
  { sql, file }: { readonly sql: ParquetSql; readonly file: BillFile },
): Promise<CollectError> {
  const [[row, cell, start] = []] = await database.all(
    `SELECT file_row_number + 1, ${sql.key(place)}, ${sql.instant(sql.at.start)}
     FROM read_parquet(${sqlText(file.path)}, file_row_number = true) WHERE ${when} ORDER BY 1 LIMIT 1`,
  );
  const where = `${file.name}, row ${String(row)}, column ${place.name}`;
  if (kind === 'number') return notDecimal(String(cell), where);
  return kind === 'date' ? badDate(String(cell), where) : badPeriod(String(cell), Number(start), where);
}
