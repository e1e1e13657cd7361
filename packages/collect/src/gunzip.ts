import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CollectError } from './errors.ts';

/** How much may come out of a gzip file: a bill shrinks 10 to 40 times, a bomb 1,000 times. */
export const GZIP_LIMITS = { maxRatio: 200, maxBytes: 64 * 1024 * 1024 * 1024 } as const;

/** What `gunzip` is told about its input. */
export interface GzipInput {
  readonly name: string;
  /** Length of the whole file. */
  readonly bytes: number;
  /** At most this much may come out; `GZIP_LIMITS.maxBytes` by default. */
  readonly maxBytes?: number;
}

/**
 * Unpacks gzip block by block, counting what comes out: zlib bounds nothing in a stream. A block may be overwritten by the next.
 *
 * @throws CollectError `INPUT_DECOMPRESSED_TOO_LARGE` before more than the limit is handed out; `INPUT_TRUNCATED` for a
 *   stream that ends early or is damaged.
 */
export async function* gunzip(blocks: AsyncIterable<Uint8Array>, input: GzipInput): AsyncGenerator<Uint8Array> {
  const limit = Math.min(input.maxBytes ?? GZIP_LIMITS.maxBytes, input.bytes * GZIP_LIMITS.maxRatio);
  const unpacked = createGunzip({ chunkSize: BLOCK_BYTES });
  const source = Readable.from(copied(blocks), { objectMode: true, highWaterMark: 1 });
  pipeline(source, unpacked, () => undefined);
  let bytes = 0;
  try {
    for await (const block of unpacked as AsyncIterable<Uint8Array>) {
      bytes += block.length;
      if (bytes > limit) throw tooLarge(input, limit);
      yield block;
    }
  } catch (error) {
    throw isZlibError(error) ? damaged(input.name, error) : error;
  } finally {
    unpacked.destroy();
    source.destroy();
  }
}

const BLOCK_BYTES = 256 * 1024;

/** Every block in bytes of its own: zlib reads one in another thread while the next is asked for. */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) yield Uint8Array.from(block);
}

/** Unpacks gzip whole; fails like `gunzip`. */
export async function gunzipWhole(bytes: Uint8Array, name: string, maxBytes: number): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  for await (const block of gunzip(one(bytes), { name, bytes: bytes.length, maxBytes })) blocks.push(block);
  return Buffer.concat(blocks);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

const isZlibError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

function damaged(name: string, cause: Error): CollectError {
  return new CollectError('INPUT_TRUNCATED', {
    message: 'expected a whole gzip stream, got one that ends early or is damaged',
    where: name,
    fix: 'copy or download the file again',
    cause,
  });
}

function tooLarge({ name, bytes }: GzipInput, limit: number): CollectError {
  return new CollectError('INPUT_DECOMPRESSED_TOO_LARGE', {
    message: `expected at most ${limit} bytes inside ${bytes} bytes of gzip (${GZIP_LIMITS.maxRatio} to 1), got more`,
    where: name,
    fix: 'export the bill again; a file that shrinks this much is no bill',
  });
}
