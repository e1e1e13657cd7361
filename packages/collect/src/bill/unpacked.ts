import type { Hash } from 'node:crypto';
import { gunzip } from '../gunzip.ts';
import type { BillFile } from './bill-file.ts';
import { zipMember } from './zip-member.ts';

/** How the text of a bill is packed. */
export type TextKind = 'csv' | 'gzip' | 'zip';

/**
 * The text of a bill, block by block; a block may be overwritten by the next. `hash` is given the bytes of the file itself.
 *
 * @throws CollectError those of `BillFile.blocks`, `gunzip` and `zipMember`.
 */
export async function* unpacked(file: BillFile, kind: TextKind, hash?: Hash): AsyncGenerator<Uint8Array> {
  if (kind === 'csv') yield* file.blocks(hash);
  else if (kind === 'gzip') yield* gunzip(file.blocks(hash), { name: file.name, bytes: file.bytes });
  else {
    if (hash !== undefined) for await (const _ of file.blocks(hash));
    yield* zipMember(file);
  }
}
