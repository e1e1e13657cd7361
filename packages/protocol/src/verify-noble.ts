import { Point, hashes, verify } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { isAdmissibleSignature, type VerifySignature } from './signature-shape.ts';

/**
 * Verifies without node:crypto, for browsers and as the second opinion of the tests; for keys that `admitPublicKey` let in.
 *
 * Strict RFC 8032: the library's default accepts points of small order, so it is never used.
 */
export function verifierOf(publicKey: Uint8Array): VerifySignature {
  hashes.sha512 ??= sha512;
  return (message, signature) => {
    if (!isAdmissibleSignature(signature)) return false;
    try {
      const r = Point.fromBytes(signature.slice(0, 32), false);
      return r.isTorsionFree() && verify(signature, message, publicKey, { zip215: false });
    } catch {
      // The library throws, instead of answering false, for malformed points and scalars.
      return false;
    }
  };
}
