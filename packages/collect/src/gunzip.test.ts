import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gunzip } from './gunzip.ts';

/** Bytes that do not shrink. */
const noise = Buffer.concat(
  Array.from({ length: 65_536 }, (_, index) => createHash('sha256').update(String(index)).digest()),
);

/** Blocks in one buffer, which is wiped before the next, as a reader of large files does. */
async function* wiped(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const block = new Uint8Array(128 * 1024);
  for (let at = 0; at < bytes.length; at += block.length) {
    block.fill(0);
    const part = bytes.subarray(at, at + block.length);
    block.set(part);
    yield await Promise.resolve(block.subarray(0, part.length));
  }
}

test('unpacks blocks that are overwritten by the next', async () => {
  const packed = gzipSync(noise);
  const unpacked: Uint8Array[] = [];
  for await (const block of gunzip(wiped(packed), { name: 'x', bytes: packed.length })) unpacked.push(block);
  expect(Buffer.concat(unpacked).equals(noise)).toBe(true);
});
