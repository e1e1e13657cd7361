import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { diskFull, isDiskFull } from './engine/disk-full.ts';
import { AwsLocalError } from './errors.ts';

/** A process that owns, or owned, a data directory. `pid` is 0 while a new owner is still writing its name. */
export interface Owner {
  readonly pid: number;
  /** New for every owner: it tells two processes with the same pid apart. */
  readonly bootId: string;
}

/** The ownership of a data directory. */
export interface Lock extends Owner {
  /** Who owned the directory before, and has died or left: what it leased may be taken back. */
  readonly previous: Owner | undefined;
  release(): void;
}

/**
 * Takes the ownership of a directory, or answers who has it.
 *
 * The ownership is a lock of the kernel on `lock.db`, which ends with its process however that ends, so a stale pid
 * never stands in the way; `lock` only names the owner for others to read.
 *
 * @throws AwsLocalError `FILE_UNUSABLE` when the directory cannot be written, `DISK_FULL`.
 */
export function acquireLock(directory: string): Lock | { readonly heldBy: Owner } {
  const nameFile = join(directory, 'lock');
  const held = holdFile(join(directory, 'lock.db'));
  if (held === undefined) return { heldBy: ownerIn(nameFile) ?? { pid: 0, bootId: '' } };
  const owner: Owner = { pid: process.pid, bootId: randomUUID() };
  const previous = ownerIn(nameFile);
  writeFileSync(`${nameFile}.new`, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  renameSync(`${nameFile}.new`, nameFile);
  return { ...owner, previous, release: () => held.close() };
}

/** An open exclusive transaction on the file; undefined when another process has one. */
function holdFile(file: string): DatabaseSync | undefined {
  let sqlite: DatabaseSync | undefined;
  try {
    writeFileSync(file, '', { flag: 'a', mode: 0o600 });
    sqlite = new DatabaseSync(file);
    sqlite.exec('BEGIN EXCLUSIVE');
    return sqlite;
  } catch (cause) {
    sqlite?.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (/database is locked/.test(reason)) return undefined;
    if (isDiskFull(cause)) throw diskFull(file, cause);
    throw new AwsLocalError('FILE_UNUSABLE', {
      message: `expected a directory that can be written, got: ${reason}`,
      where: file,
      fix: 'choose a directory of your own',
      cause,
    });
  }
}

function ownerIn(file: string): Owner | undefined {
  let owner: unknown;
  try {
    owner = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // absent or unfinished: nobody is named
  }
  if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('bootId' in owner)) return undefined;
  const { pid, bootId } = owner;
  return typeof pid === 'number' && typeof bootId === 'string' ? { pid, bootId } : undefined;
}
