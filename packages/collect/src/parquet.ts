import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CsvTable } from '@infrafabric/protocol';
import { checkColumns, noRows } from './csv.ts';
import { type Database, sqlName, sqlText, withDuckDb } from './duckdb.ts';

/** A Parquet file with more rows than this is not held in memory as a table. */
export const PARQUET_MAX_ROWS = 100_000;

/** What a Parquet file holds, by its footer. */
export interface ParquetShape {
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
}

/** A column and its type as DuckDB names it. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/** Reads the footer of a Parquet file. Fails like `withDuckDb`, and with `SCHEMA_COLUMN_DUPLICATE`, `INPUT_NO_ROWS`. */
export async function parquetShape(database: Database, path: string, name: string): Promise<ParquetShape> {
  const described = await database.all(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`);
  const columns = described.map(([column, type]) => ({ name: String(column), type: String(type) }));
  checkColumns(
    columns.map((column) => column.name),
    name,
  );
  const [[rows] = []] = await database.all(`SELECT count(*) FROM read_parquet(${sqlText(path)})`);
  if (Number(rows) === 0) throw noRows(name);
  return { columns, rows: Number(rows) };
}

/** The rows of a Parquet file in file order, every value as text and NULL as an empty cell. Fails like `parquetShape`. */
export async function parquetTable(database: Database, path: string, { columns }: ParquetShape): Promise<CsvTable> {
  const cells = columns.map((column) => `coalesce(${textOf(column)}, '')`).join(', ');
  const rows: string[][] = [];
  for await (const chunk of database.stream(`SELECT ${cells} FROM read_parquet(${sqlText(path)})`)) {
    for (const row of chunk) rows.push(row.map(String));
  }
  return { columns: columns.map((column) => column.name), rows };
}

/** A column as text in SQL: instants in UTC without a zone, nested values as JSON, numbers as they are. */
export function textOf({ name, type }: ParquetColumn): string {
  const column = sqlName(name);
  if (type === 'TIMESTAMP WITH TIME ZONE') return `(${column} AT TIME ZONE 'UTC')::VARCHAR`;
  return /\[\]$|^(MAP|STRUCT|UNION)/.test(type) ? `to_json(${column})::VARCHAR` : `${column}::VARCHAR`;
}

/** The table in the bytes of a Parquet file; DuckDB reads them from a temporary file that only we can read. Fails like `parquetTable`. */
export async function parquetTableOf(bytes: Uint8Array, name: string): Promise<CsvTable> {
  const folder = await mkdtemp(join(tmpdir(), 'infrafabric-parquet-'));
  const path = join(folder, 'bill.parquet');
  try {
    await writeFile(path, bytes, { mode: 0o600 });
    return await withDuckDb(path, name, async (database) =>
      parquetTable(database, path, await parquetShape(database, path, name)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
