import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Duck from '@duckdb/node-api';
import { CollectError } from './errors.ts';

/** The version of DuckDB that is tested; it is optional, for it is 70 MB. */
const DUCKDB = '@duckdb/node-api@1.5.6-r.1';

/** How much memory DuckDB may take before it goes on in a temporary folder. */
const MEMORY_LIMIT = '512MB';

/** Answers of one query, one array a row. */
export type Rows = readonly (readonly unknown[])[];

/** A DuckDB that sees the files it was opened for and nothing else. */
export interface Database {
  /** All rows of an answer that is small. */
  readonly all: (sql: string) => Promise<Rows>;
  /** The rows of a large answer, chunk by chunk. */
  readonly stream: (sql: string) => AsyncGenerator<Rows>;
}

/**
 * Opens DuckDB for Parquet files, hands it to `use` and closes it.
 *
 * It may read those files and its own temporary folder only: no other file, no network, no extension.
 * @throws CollectError `DUCKDB_MISSING` when it is not installed; `INPUT_TRUNCATED` when the file is damaged.
 */
export async function withDuckDb<T>(
  paths: string | readonly string[],
  name: string,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance: Instance } = await load(name);
  const folder = await mkdtemp(join(tmpdir(), 'infrafabric-duckdb-'));
  let instance: Duck.DuckDBInstance | undefined;
  let connection: Duck.DuckDBConnection | undefined;
  try {
    instance = await Instance.create(':memory:', { ...CONFIGURATION, temp_directory: folder });
    connection = await instance.connect();
    await lockDown(connection, [paths].flat(), folder);
    return await use(databaseOf(connection));
  } catch (error) {
    throw isDamage(error) ? damaged(name, error) : error;
  } finally {
    connection?.closeSync();
    instance?.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

const CONFIGURATION = {
  memory_limit: MEMORY_LIMIT,
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
} as const;

async function lockDown(connection: Duck.DuckDBConnection, paths: readonly string[], folder: string): Promise<void> {
  await connection.run(`SET allowed_paths = [${paths.map(sqlText).join(', ')}]`);
  await connection.run(`SET allowed_directories = [${sqlText(folder)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run(`SET TimeZone = 'UTC'`);
  await connection.run('SET lock_configuration = true');
}

function databaseOf(connection: Duck.DuckDBConnection): Database {
  return {
    all: async (sql) => (await connection.runAndReadAll(sql)).getRowsJS(),
    async *stream(sql) {
      const result = await connection.stream(sql);
      for await (const rows of result.yieldRowsJs()) yield rows;
    },
  };
}

async function load(name: string): Promise<typeof Duck> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    throw new CollectError('DUCKDB_MISSING', {
      message: 'expected DuckDB to read a Parquet file, got none installed',
      where: name,
      fix: `npm install ${DUCKDB}, or export the bill as CSV or CSV.gz`,
      cause,
    });
  }
}

/** Errors of DuckDB about the bytes of the file, by its own words. */
const isDamage = (error: unknown): error is Error =>
  error instanceof Error &&
  !(error instanceof CollectError) &&
  /(Invalid Input Error|IO Error|Serialization Error|TProtocolException|Invalid Error|Out of Range Error)/.test(
    String(error),
  );

function damaged(name: string, cause: Error): CollectError {
  return new CollectError('INPUT_TRUNCATED', {
    message: 'expected a whole Parquet file, got one that ends early or is damaged',
    where: name,
    fix: 'copy or download the file again',
    cause,
  });
}

/** A text in SQL. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name in SQL. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
