import { createPublicKey, verify } from 'node:crypto';
import { isAdmissibleSignature, type VerifySignature } from './signature-shape.ts';

/** The DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 4); the 32 key bytes follow. */
const SPKI_HEAD = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]);

/**
 * Verifies with node:crypto behind our admission rule; for keys that `admitPublicKey` let in.
 *
 * Agrees with the verifier of `verify-noble.ts` on every published vector set.
 */
export function verifierOf(publicKey: Uint8Array): VerifySignature {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  return (message, signature) => isAdmissibleSignature(signature) && verify(null, message, key, signature);
}
