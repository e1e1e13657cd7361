import { createHash, createPublicKey, verify } from 'node:crypto';
import { isAdmissibleSignature, type VerifySignature } from './signature-shape.ts';

/** The DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 4); the 32 key bytes follow. */
const SPKI_HEAD = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]);

/**
 * Verifies with node:crypto behind our admission rule; for keys that `admitPublicKey` let in.
 *
 * Agrees with the verifier of `verify-noble.ts` on every published vector set. What held is remembered by its hash, for a stored
 * answer is opened again by every step that reads it: the same bytes under the same key hold again.
 */
export function verifierOf(publicKey: Uint8Array): VerifySignature {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  const held = recentTexts(REMEMBERED);
  return (message, signature) => {
    if (!isAdmissibleSignature(signature)) return false;
    const name = createHash('sha256').update(signature).update(message).digest('base64');
    if (held.has(name)) return true;
    const holds = verify(null, message, key, signature);
    if (holds) held.add(name);
    return holds;
  };
}

/** Signatures of one key that are remembered, at least; 100 bytes each. */
const REMEMBERED = 8_192;

/** Remembers the last `least` to twice as many texts. */
function recentTexts(least: number): Pick<Set<string>, 'has'> & { readonly add: (text: string) => void } {
  let young = new Set<string>();
  let old = new Set<string>();
  return {
    has: (text) => young.has(text) || old.has(text),
    add(text) {
      if (young.size >= least) [young, old] = [new Set(), young];
      young.add(text);
    },
  };
}
