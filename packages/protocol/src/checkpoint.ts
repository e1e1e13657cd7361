import { verifierOf } from '#verify';
import { fromBase64, toBase64 } from './base64url.ts';
import { concatBytes, equalBytes } from './bytes.ts';
import { sha256 } from './hash.ts';
import { admitPublicKey } from './key.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Signer } from './signer.ts';

/** The head of a log that is only ever appended to: how many entries, and the root over them. */
export interface Checkpoint {
  /** Names the log: a URL without scheme, without spaces and plus signs. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** The signature type of Ed25519 in C2SP signed-note. */
const ED25519_TYPE = 0x01;
const NAME = /^[^\s+]{1,200}$/u;
const encoder = new TextEncoder();

/** Signs a checkpoint as a C2SP signed note (c2sp.org/tlog-checkpoint, 2025); the key's name is the origin. */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  if (!NAME.test(checkpoint.origin)) throw shapeError('an origin without spaces and plus signs');
  const body = noteBody(checkpoint);
  const id = noteKeyId(checkpoint.origin, admitPublicKey(signer.publicKey));
  return `${body}\n— ${checkpoint.origin} ${toBase64(concatBytes(id, signer.signNote(body)))}\n`;
}

/**
 * Opens a checkpoint of the log `origin`, signed by one of `publicKeys` (`ed25519:<base64url>`).
 *
 * Signatures of other keys are passed over, as the note format asks; a broken one of a known key refuses the note.
 * @throws ProtocolError `CHECKPOINT_SHAPE`, `CHECKPOINT_SIGNATURE`, `TRUST_KEY_WEAK`.
 */
export function openCheckpoint(note: string, origin: string, publicKeys: readonly string[]): Checkpoint {
  const { body, signatures } = splitNote(note);
  const checkpoint = parseBody(body);
  if (checkpoint.origin !== origin) throw shapeError(`a checkpoint of ${origin}, got one of ${checkpoint.origin}`);
  const bytes = encoder.encode(body);
  let verified = 0;
  for (const key of publicKeys.map((text) => admitPublicKey(text))) {
    const id = noteKeyId(origin, key);
    for (const { name, blob } of signatures) {
      if (name !== origin || !equalBytes(blob.subarray(0, 4), id)) continue;
      if (!verifierOf(key)(bytes, blob.subarray(4))) throw signatureError('a signature that holds, got a broken one');
      verified += 1;
    }
  }
  if (verified === 0) throw signatureError('a signature by a known key, got none');
  return checkpoint;
}

/** The key id of a note signature: sha256(name || 0x0A || type || key), first four bytes (C2SP signed-note). */
export function noteKeyId(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(encoder.encode(`${name}\n`), Uint8Array.of(ED25519_TYPE), publicKey)).slice(0, 4);
}

function noteBody(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

interface NoteSignature {
  readonly name: string;
  readonly blob: Uint8Array;
}

function splitNote(note: string): { body: string; signatures: NoteSignature[] } {
  const cut = note.lastIndexOf('\n\n');
  if (note.length > 20_000 || cut < 0 || !note.endsWith('\n')) throw shapeError('a signed note, got another text');
  const lines = note.slice(cut + 2, -1).split('\n');
  if (lines.length > 16) throw shapeError('at most 16 signatures, got more');
  return { body: note.slice(0, cut + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const [, name, text] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const blob = text === undefined ? undefined : fromBase64(text);
  if (name === undefined || !blob || blob.length < 5) throw shapeError('a signature line, got another text');
  return { name, blob };
}

function parseBody(body: string): Checkpoint {
  const [origin = '', size = '', rootText = '', ...rest] = body.split('\n');
  const root = fromBase64(rootText);
  if (!NAME.test(origin) || !/^(0|[1-9][0-9]{0,14})$/.test(size) || root?.length !== 32 || rest.join('\n') !== '') {
    throw shapeError('origin, size and root on three lines, got another text');
  }
  return { origin, size: Number(size), root };
}

function shapeError(expected: string): ProtocolError {
  return new ProtocolError('CHECKPOINT_SHAPE', { message: `expected ${expected}`, where: 'checkpoint' });
}

function signatureError(expected: string): ProtocolError {
  return new ProtocolError('CHECKPOINT_SIGNATURE', { message: `expected ${expected}`, where: 'checkpoint' });
}
