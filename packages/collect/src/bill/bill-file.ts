import { type Hash, createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CollectError } from '../errors.ts';

/** The largest bill whose lines travel with the report, in bytes of text or of the file. */
export const BILL_MAX_BYTES = 64 * 1024 * 1024;

/** One file of a bill, before it is opened. `name` is what people see: no absolute path leaves this package. */
export interface FoundBill {
  readonly path: string;
  readonly name: string;
}

/** An open file of a bill. `close` it. */
export interface BillFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** The first bytes, up to `length`. */
  readonly start: (length: number) => Promise<Uint8Array>;
  /** The whole file in blocks of at most 1 MiB, once more from the beginning each time; a block is overwritten by the next. */
  readonly blocks: (hash?: Hash) => AsyncGenerator<Uint8Array>;
  readonly close: () => Promise<void>;
}

/**
 * Opens one file of a bill; a link is followed, for the person who names a bill says which file they mean.
 *
 * @throws CollectError `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`, `INPUT_NOT_REGULAR`, `INPUT_EMPTY`; `blocks` throws
 *   `INPUT_CHANGED` when the file is not what it was at opening.
 */
export async function openBill({ path, name }: FoundBill): Promise<BillFile> {
  const file = await openFile(path, name);
  const stats = await file.stat();
  if (!stats.isFile() || stats.size === 0) {
    await file.close();
    throw stats.isFile() ? empty(name) : notRegular(name);
  }
  return {
    name,
    path,
    bytes: stats.size,
    start: (length) => readStart(file, Math.min(length, stats.size)),
    blocks: (hash) => readBlocks(file, { name, bytes: stats.size, hash }),
    close: () => file.close(),
  };
}

/** The bytes of an open file, whole; fails like `BillFile.blocks`. */
export async function wholeFile(file: BillFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(file.bytes);
  let length = 0;
  for await (const block of file.blocks()) {
    bytes.set(block, length);
    length += block.length;
  }
  return bytes;
}

/** The sha256 (hex) of an open file. */
export async function fileHash(file: BillFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const _ of file.blocks(hash));
  return hash.digest('hex');
}

async function readStart(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, 0);
  return bytes.subarray(0, bytesRead);
}

const BLOCK_BYTES = 1024 * 1024;

async function* readBlocks(
  file: FileHandle,
  { name, bytes, hash }: { readonly name: string; readonly bytes: number; readonly hash: Hash | undefined },
): AsyncGenerator<Uint8Array> {
  const block = new Uint8Array(Math.min(BLOCK_BYTES, bytes + 1));
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(block, 0, block.length, length);
    length += bytesRead;
    if (length > bytes || (bytesRead === 0 && length < bytes)) throw changed(name);
    if (bytesRead === 0) return;
    const read = block.subarray(0, bytesRead);
    hash?.update(read);
    yield read;
  }
}

/** Does not wait for the other end of a FIFO. */
async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw openError(error, name);
  }
}

/** What a failure to open a bill, or a folder of bills, is called. */
export function openError(error: unknown, name: string): unknown {
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

/** Neither a file nor a folder. */
export function notRegular(name: string): CollectError {
  return new CollectError('INPUT_NOT_REGULAR', {
    message: 'expected a file or a folder, got a FIFO, device or socket',
    where: name,
    fix: 'name a bill, or a folder of bills',
  });
}

function empty(name: string): CollectError {
  return new CollectError('INPUT_EMPTY', {
    message: 'expected a bill, got an empty file',
    where: name,
    fix: 'export the bill again; an empty file often means an export that failed',
  });
}

function changed(name: string): CollectError {
  return new CollectError('INPUT_CHANGED', {
    message: 'expected the bill to stay as it was, got another one while reading',
    where: name,
    fix: 'wait until nothing writes to the file, then run again',
  });
}
