import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { CollectError } from '../errors.ts';

/** The largest bill stored whole. */
export const BILL_MAX_BYTES = 64 * 1024 * 1024;

/** A bill as found. `name` is its basename: no absolute path leaves this package. */
export interface BillFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads one bill file whole; a link is followed, for the person who names a bill says which file they mean.
 *
 * @throws CollectError `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`, `INPUT_NOT_REGULAR`, `INPUT_EMPTY`, `INPUT_TOO_LARGE`,
 *   `INPUT_CHANGED`.
 */
export async function readBillFile(path: string): Promise<BillFile> {
  const name = basename(path);
  const file = await openBill(path, name);
  try {
    return { name, bytes: await readOpen(file, name) };
  } finally {
    await file.close();
  }
}

async function readOpen(file: FileHandle, name: string): Promise<Uint8Array> {
  const stats = await file.stat();
  if (!stats.isFile()) throw notRegular(name);
  if (stats.size > BILL_MAX_BYTES) throw tooLarge(name, stats.size);
  if (stats.size > 0) return readWhole(file, stats.size, name);
  throw new CollectError('INPUT_EMPTY', {
    message: 'expected a bill, got an empty file',
    where: name,
    fix: 'export the bill again; an empty file often means an export that failed',
  });
}

/** Does not wait for the other end of a FIFO. */
async function openBill(path: string, name: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw openError(error, name);
  }
}

function openError(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EISDIR' || code === 'ENXIO') return notRegular(name);
  if (NOT_FOUND.has(code)) {
    return new CollectError('INPUT_NOT_FOUND', {
      message: 'expected a bill, got nothing there',
      where: name,
      fix: 'check the path after --bill',
    });
  }
  if (code !== 'EACCES' && code !== 'EPERM') return error;
  return new CollectError('INPUT_UNREADABLE', {
    message: 'expected a readable bill, got no permission',
    where: name,
    fix: 'give the user who runs this read permission',
  });
}

const NOT_FOUND = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

function notRegular(name: string): CollectError {
  return new CollectError('INPUT_NOT_REGULAR', {
    message: 'expected a regular file, got a directory, FIFO, device or socket',
    where: name,
    fix: 'name one FOCUS 1.0 CSV file',
  });
}

/** Reads up to one byte more than there was, so that a file that grows or shrinks while it is read is refused. */
async function readWhole(file: FileHandle, size: number, name: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length === size) return bytes.subarray(0, size);
  throw new CollectError('INPUT_CHANGED', {
    message: 'expected the bill to stay as it was, got another one while reading',
    where: name,
    fix: 'wait until nothing writes to the file, then run again',
  });
}

function tooLarge(name: string, bytes: number): CollectError {
  return new CollectError('INPUT_TOO_LARGE', {
    message: `expected at most ${BILL_MAX_BYTES} bytes, got ${bytes}`,
    where: name,
    fix: 'export one month, or one account, at a time',
  });
}
