import { Point, utils } from '@noble/ed25519';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { sha256Hex } from './hash.ts';
import type { KeyId } from './message.ts';
import { ProtocolError } from './protocol-error.ts';

/** Bytes of a seed and of a public key (RFC 8032 section 5.1.5). */
export const KEY_BYTES = 32;

const PREFIX = 'ed25519:';

/** A fresh random seed: the 32 secret bytes a key pair grows from. */
export function newSeed(): Uint8Array {
  return utils.randomSecretKey();
}

/** The name of a public key: `ed25519:` and the first 32 hex digits of its sha256. */
export function keyIdOf(publicKey: Uint8Array): KeyId {
  return PREFIX + sha256Hex(publicKey).slice(0, 32);
}

/** A public key as text: `ed25519:` and unpadded base64url. */
export function publicKeyText(publicKey: Uint8Array): string {
  return PREFIX + toBase64Url(publicKey);
}

/**
 * The 32 bytes of a public key worth believing.
 *
 * Refuses wrong lengths, other encodings of the same point, points of small order (they verify signatures nobody made)
 * and points with a torsion part (verifiers disagree about them).
 * @throws ProtocolError `TRUST_KEY_WEAK`.
 */
export function admitPublicKey(text: string): Uint8Array {
  const raw = text.startsWith(PREFIX) ? fromBase64Url(text.slice(PREFIX.length)) : undefined;
  if (raw?.length !== KEY_BYTES) throw weak(text, 'ed25519:<32 bytes in base64url>, got another text');
  const point = decodePoint(raw);
  if (!point) throw weak(text, 'the canonical encoding of a curve point, got other bytes');
  if (point.isSmallOrder()) throw weak(text, 'a point of large order, got one of small order');
  if (!point.isTorsionFree()) throw weak(text, 'a point of the prime-order group, got one with a torsion part');
  return raw;
}

function decodePoint(raw: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(raw, false);
  } catch {
    // The library throws for every encoding RFC 8032 section 5.1.3 refuses.
    return undefined;
  }
}

function weak(where: string, expected: string): ProtocolError {
  return new ProtocolError('TRUST_KEY_WEAK', {
    message: `expected ${expected}`,
    where: where.slice(0, 80),
    fix: 'make a new key pair and put its public key in the trust document',
  });
}
