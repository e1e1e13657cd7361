import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryRow, HistoryRows, HistorySnapshot, HistoryStore, HistoryTableName } from '@infrafabric/protocol';
import { StoreError } from '../errors.ts';
import { type Ask, lockDown, withDuckDb } from './duckdb-session.ts';
import { currentRows, everyRow, jsonColumns, sqlText, TABLE_NAMES, textCells } from './history-sql.ts';

/** Files of a table above which they are made one. */
const MAX_FILES = 24;

/**
 * A history in Parquet files under `folder`: one file a snapshot and table, written beside its place and moved there.
 *
 * The file is named by the report, so the same report replaces itself; which rows count is decided when they are read, so two
 * processes may write at once. DuckDB is loaded on use.
 */
export function parquetHistory(folder: string): HistoryStore {
  return {
    record: (snapshot) =>
      withDuckDb(async (ask) => {
        for (const name of TABLE_NAMES) await recordTable(ask, join(folder, name), name, snapshot);
      }),
    read: ({ table, from, to }) =>
      withDuckDb(async (ask) => {
        const rows = currentRows(table, await filesIn(join(folder, table)));
        const days = [
          ...(from === undefined ? [] : [`day >= ${sqlText(from)}::DATE`]),
          ...(to === undefined ? [] : [`day <= ${sqlText(to)}::DATE`]),
        ];
        const where = days.length === 0 ? '' : ` WHERE ${days.join(' AND ')}`;
        return rowsOf(await ask(`SELECT ${textCells(table)} FROM (${rows})${where}`));
      }),
    query: (sql) =>
      withDuckDb(async (ask) => {
        for (const name of TABLE_NAMES) {
          await ask(`CREATE TABLE ${name} AS ${currentRows(name, await filesIn(join(folder, name)))}`);
        }
        await lockDown(ask);
        return answer(ask, sql);
      }),
  };
}

async function recordTable(
  ask: Ask,
  folder: string,
  name: HistoryTableName,
  { rows, report, recorded_at }: HistorySnapshot,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lines = join(folder, `.${report}.${process.pid}.ndjson`);
  const instant = recorded_at.replace(/Z$/, '');
  try {
    const text = (row: HistoryRow): string => `${JSON.stringify({ ...row, recorded_at: instant, report })}\n`;
    await writeFile(lines, rows[name].map(text).join(''), { mode: 0o600 });
    const source = `read_json(${sqlText(lines)}, format = 'newline_delimited', columns = ${jsonColumns(name)})`;
    await writeParquet(ask, `SELECT * FROM ${source}`, join(folder, `${report}.parquet`));
  } finally {
    await rm(lines, { force: true });
  }
  await compact(ask, folder, name);
}

/** Writes beside the place, on disk whole, then moves it there. */
async function writeParquet(ask: Ask, select: string, path: string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    await ask(`COPY (${select}) TO ${sqlText(draft)} (FORMAT parquet, COMPRESSION zstd)`);
    const file = await open(draft, 'r+');
    await file.sync().finally(() => file.close());
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Makes many files one; what it did not read it does not remove. */
async function compact(ask: Ask, folder: string, name: HistoryTableName): Promise<void> {
  const files = await filesIn(folder);
  if (files.length <= MAX_FILES) return;
  const [kept = '', ...others] = files;
  await writeParquet(ask, everyRow(name, files), kept);
  await Promise.all(others.map((path) => rm(path, { force: true })));
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.parquet'))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function answer(ask: Ask, sql: string): Promise<HistoryRows> {
  try {
    return rowsOf(await ask(sql));
  } catch (cause) {
    throw new StoreError('QUERY_INVALID', {
      message: `expected a query DuckDB understands, got: ${String(cause).split('\n')[0]?.slice(0, 300) ?? ''}`,
      fix: 'the tables are cost_metrics, resource_metrics and optimization_opportunities',
      cause,
    });
  }
}

function rowsOf({ columns, rows }: Awaited<ReturnType<Ask>>): HistoryRows {
  return { columns, rows: rows.map((row) => row.map(cellOf)) };
}

function cellOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
