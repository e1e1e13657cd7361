import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { canonicalText } from '../digest.ts';
import type { HistoryKey } from '../history.ts';
import { signedBytes } from '../signature.ts';

/** 2026-11-20T00:00:00Z. */
export const NOW_MS = 1_795_132_800_000;

const DAY_MS = 86_400_000;

/** The DER head of an Ed25519 private key (RFC 8410 section 7); the 32 bytes of the seed follow. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key that signs messages by hand. */
export interface Key {
  readonly trusted: HistoryKey;
  /** The wire of a message without its signature. */
  readonly seal: (message: object) => string;
  readonly signNote: (body: string) => Buffer;
}

/** The key of a role, the same each time. */
export function keyOf(role: string): Key {
  const seed = createHash('sha256').update(`hand-built ${role}`).digest();
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const raw = rawOf(secret);
  const key_id = `ed25519:${createHash('sha256').update(raw).digest('hex').slice(0, 32)}`;
  const public_key = `ed25519:${raw.toString('base64url')}`;
  const signature = { algorithm: 'ed25519', key_id, public_key };
  return {
    trusted: {
      key_id,
      public_key,
      subject: `if://agent/*/${role}/*`,
      roles: [role],
      not_before: NOW_MS - DAY_MS,
      not_after: NOW_MS + DAY_MS,
    },
    seal(message) {
      const text = canonicalText({ ...message, signature }) ?? '';
      const signature_bytes = sign(null, signedBytes(text), secret).toString('base64url');
      return canonicalText({ ...message, signature: { ...signature, signature_bytes } }) ?? '';
    },
    signNote: (body) => sign(null, Buffer.from(body), secret),
  };
}

const rawOf = (secret: KeyObject): Buffer =>
  createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
