import { AwsLocalError } from '../errors.ts';

/** Result code of SQLite when the disk is full (sqlite.org/rescode.html#full). */
const SQLITE_FULL = 13;

/** Whether a write failed because there is no space: as SQLite says it, or the operating system. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'code');
  return Reflect.get(error, 'errcode') === SQLITE_FULL || code === 'ENOSPC' || code === 'EDQUOT';
}

/** What opening a data folder says when there is no space for it. */
export function diskFull(where: string, cause: unknown): AwsLocalError {
  return new AwsLocalError('DISK_FULL', {
    message: 'expected space for the data folder, got a full disk',
    where,
    fix: 'free some space and run again; what was there is as it was',
    cause,
  });
}
