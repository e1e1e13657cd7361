import type * as Duck from '@duckdb/node-api';
import { StoreError } from '../errors.ts';

/** The version of DuckDB that is tested; it is optional, for it is 70 MB. */
const DUCKDB = '@duckdb/node-api@1.5.6-r.1';

/** Answers one statement. */
export type Ask = (sql: string) => Promise<{ readonly columns: string[]; readonly rows: unknown[][] }>;

const CONFIGURATION = {
  memory_limit: '640MB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
} as const;

/**
 * Opens DuckDB in memory, hands it to `use` and closes it; it is loaded here and nowhere before.
 *
 * @throws StoreError `DUCKDB_MISSING` when it is not installed.
 */
export async function withDuckDb<T>(use: (ask: Ask) => Promise<T>): Promise<T> {
  const { DuckDBInstance: Instance } = await load();
  const instance = await Instance.create(':memory:', CONFIGURATION);
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    return await use(async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return { columns: reader.columnNames(), rows: reader.getRowsJson() };
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Takes every file and the network away from a session; it keeps what is in memory. */
export async function lockDown(ask: Ask): Promise<void> {
  await ask('SET enable_external_access = false');
  await ask('SET lock_configuration = true');
}

async function load(): Promise<typeof Duck> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    throw new StoreError('DUCKDB_MISSING', {
      message: 'expected DuckDB to keep the history in Parquet files, got none installed',
      fix: `npm install ${DUCKDB}; analyses work without a history`,
      cause,
    });
  }
}
