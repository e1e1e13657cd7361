import { createPublicKey, verify } from 'node:crypto';
import type { HistoryKey } from './history.ts';

/** What a checkpoint says of its log. */
export interface Note {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** The DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** The key id of 4 bytes before the 64 of a signature (C2SP signed-note). */
const ID_BYTES = 4;

/** Opens a C2SP signed note of a checkpoint; undefined when no key of these signed it. */
export function openNote(note: string, keys: readonly HistoryKey[]): Note | undefined {
  const cut = note.lastIndexOf('\n\n');
  const body = note.slice(0, cut + 1);
  const [origin = '', size = '', root = ''] = body.split('\n');
  const signatures = note
    .slice(cut + 2)
    .split('\n')
    .filter((line) => line.startsWith(`— ${origin} `))
    .map((line) => Buffer.from(line.split(' ')[2] ?? '', 'base64').subarray(ID_BYTES));
  const isSigned = signatures.some((signature) => keys.some((key) => holds(key, body, signature)));
  return isSigned ? { origin, size: Number(size), root: Buffer.from(root, 'base64') } : undefined;
}

function holds({ public_key }: HistoryKey, body: string, signature: Buffer): boolean {
  const raw = Buffer.from(public_key.slice('ed25519:'.length), 'base64url');
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(body), key, signature);
}
