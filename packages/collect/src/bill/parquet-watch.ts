import { type Database, sqlName, sqlText, withDuckDb } from '../duckdb.ts';
import type { ParquetShape } from '../parquet.ts';
import { billHeader } from './bill-check.ts';
import type { BillFile } from './bill-file.ts';
import type { ReadBill } from './destination.ts';
import { placesOf } from './field-places.ts';
import { SAMPLE_LINES } from './line-sample.ts';
import { type CoverageColumns, coverageColumns, coverageKey, type LineMemory } from './line-watch.ts';
import { ParquetSql } from './parquet-sql.ts';

/** An open Parquet file. */
export interface OpenParquet {
  readonly database: Database;
  readonly shape: ParquetShape;
}

/** Says what a Parquet file of a bill is about; lines it shares with others are counted by `countEqual`. */
export async function watchParquet(
  { path, name }: Pick<BillFile, 'path' | 'name'>,
  { database, shape }: OpenParquet,
  { isAlone }: Pick<LineMemory, 'isAlone'>,
): Promise<Pick<ReadBill, 'coverage' | 'parquet'>> {
  const columns = shape.columns.map((column) => column.name);
  const header = billHeader(columns, name);
  const covers = coverageColumns(header);
  const sql = new ParquetSql(shape, header, placesOf(columns, header, []));
  const from = `read_parquet(${sqlText(path)})`;
  const lasting = columns.filter((column) => !covers.changing.includes(column)).map(sqlName);
  const rows = await database.all(`SELECT DISTINCT ${aboutSql(sql, covers)} FROM ${from}`);
  const hashes = isAlone
    ? []
    : await database.all(
        `SELECT h FROM (SELECT (hash(${lasting.join(', ')}) >> 11)::BIGINT AS h FROM ${from}) ORDER BY h LIMIT ${SAMPLE_LINES}`,
      );
  const sample = {
    hashes: [...new Set(hashes.map(([hash]) => Number(hash)))],
    isCut: shape.rows > SAMPLE_LINES,
  };
  const coverage = {
    format: header.format,
    packing: 'parquet',
    invoices: invoicesOf(rows),
    sample,
    again: 0,
    equal: 0,
  } as const;
  return { coverage, parquet: { path, columns } };
}

function aboutSql(sql: ParquetSql, { account, period, invoice }: CoverageColumns): string {
  const cell = (name: string | undefined): string => (name === undefined ? "''" : sql.key({ name, field: 0 }));
  return `${cell(account)}, left(${cell(period)}, 7), ${cell(invoice)}`;
}

function invoicesOf(rows: readonly (readonly unknown[])[]): Map<string, Set<string>> {
  const invoices = new Map<string, Set<string>>();
  for (const [account, period, invoice] of rows) {
    const key = coverageKey(String(account), String(period));
    invoices.set(key, (invoices.get(key) ?? new Set()).add(String(invoice)));
  }
  return invoices;
}

/** Lines of Parquet files of the same columns that equal another in every column: in all, and of them those in two files. */
export async function countEqual(
  files: readonly { readonly path: string; readonly columns: readonly string[] }[],
  name: string,
): Promise<{ readonly equal: number; readonly again: number }> {
  const [first] = files;
  if (first === undefined) return { equal: 0, again: 0 };
  const paths = files.map(({ path }) => path);
  const hash = `hash(${first.columns.map(sqlName).join(', ')})`;
  return withDuckDb(paths, name, async (database) => {
    const [[lines, byFile, distinct] = []] = await database.all(
      files.length === 1
        ? `SELECT count(*), count(*), count(DISTINCT h) FROM (SELECT ${hash} AS h FROM read_parquet(${sqlText(first.path)}))`
        : `SELECT sum(n), sum(f), count(*) FROM (SELECT h, count(*) AS n, count(DISTINCT filename) AS f FROM
             (SELECT ${hash} AS h, filename FROM read_parquet([${paths.map(sqlText).join(', ')}], filename = true)) GROUP BY h)`,
    );
    const again = files.length === 1 ? 0 : Number(byFile) - Number(distinct);
    return { equal: Number(lines) - Number(distinct), again };
  });
}
