import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AwsLocalError } from '../errors.ts';
import { Database } from './database.ts';
import { diskFull, isDiskFull } from './disk-full.ts';
import { type Disk, logOnDisk } from './disk.ts';
import { migrate } from './schema.ts';

/**
 * How the file is kept: one process at a time (the kernel frees its lock when the process dies, however it dies), and a
 * write-ahead log that is folded into the file every 16,000 pages (64 MiB): that holds up the event loop for two syncs, and a page
 * that changed often is written once. `NORMAL` leaves out the sync after each commit, and only that one: `Database` makes it,
 * beside the event loop, before it gives an answer.
 */
const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 16000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -16384;
  PRAGMA temp_store = MEMORY;
`;

/**
 * Opens the file, making it (mode 0600) when it is absent, and brings it to the present schema.
 *
 * @throws AwsLocalError `LOCKED`, `SCHEMA_NEWER`, `FILE_UNUSABLE`, `DISK_FULL`.
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') makePrivate(file);
  const sqlite = new DatabaseSync(file);
  let disk: Disk | undefined;
  try {
    sqlite.exec(PRAGMAS);
    migrate(sqlite, file);
    if (file !== ':memory:') disk = logOnDisk(`${file}-wal`);
  } catch (error) {
    sqlite.close();
    throw error instanceof AwsLocalError ? error : unusable(file, error);
  }
  return new Database(sqlite, disk);
}

function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    throw unusable(file, error);
  }
}

function unusable(file: string, cause: unknown): AwsLocalError {
  if (isDiskFull(cause)) return diskFull(file, cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (/database is (locked|busy)/.test(reason)) {
    return new AwsLocalError('LOCKED', {
      message: 'expected a file nobody holds, got one that another process has open',
      where: file,
      fix: 'join the running process through its port, or stop it',
      cause,
    });
  }
  return new AwsLocalError('FILE_UNUSABLE', {
    message: `expected a readable SQLite file, got: ${reason}`,
    where: file,
    fix: 'restore a copy or start with another directory',
    cause,
  });
}
