import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CollectError } from '../errors.ts';
import { fileError } from './file-error.ts';
import type { EstateEntry } from './tree.ts';

/**
 * The bytes of a file that the walk found, whole.
 *
 * @throws CollectError `INPUT_CHANGED` when the file is no longer what the walk saw; `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`.
 */
export async function readEntry(entry: EstateEntry): Promise<Uint8Array> {
  const bytes = new Uint8Array(entry.bytes);
  let length = 0;
  for await (const block of readBlocks(entry, Math.min(Math.max(entry.bytes, 1), LARGEST_BLOCK))) {
    bytes.set(block, length);
    length += block.length;
  }
  return bytes;
}

/** The bytes of a file in blocks of up to `blockBytes`, in order; fails like `readEntry`. A block is overwritten by the next. */
export async function* readBlocks(entry: EstateEntry, blockBytes: number): AsyncGenerator<Uint8Array> {
  const file = await openEntry(entry);
  try {
    const block = new Uint8Array(blockBytes);
    let length = 0;
    for (;;) {
      const bytesRead = await readBlock(file, block, length, entry);
      length += bytesRead;
      if (length > entry.bytes) throw changed(entry);
      if (bytesRead === 0) break;
      yield block.subarray(0, bytesRead);
    }
    if (length !== entry.bytes) throw changed(entry);
  } finally {
    await file.close();
  }
}

const LARGEST_BLOCK = 1024 * 1024;

async function readBlock(file: FileHandle, block: Uint8Array, position: number, entry: EstateEntry): Promise<number> {
  try {
    return (await file.read(block, 0, block.length, position)).bytesRead;
  } catch (error) {
    throw fileError(error, entry.name);
  }
}

/** Opens without following a link and without waiting for the other end of a FIFO, then looks again at what was opened. */
async function openEntry(entry: EstateEntry): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    file = await open(entry.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (!stats.isFile() || stats.size !== entry.bytes) throw changed(entry);
    return file;
  } catch (error) {
    await file?.close();
    throw fileError(error, entry.name);
  }
}

function changed(entry: EstateEntry): CollectError {
  return new CollectError('INPUT_CHANGED', {
    message: 'expected the file to stay as it was, got another one while reading',
    where: entry.name,
    fix: 'wait until nothing writes to the directory, then run again',
  });
}
