import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { toBase64Url } from './base64url.ts';
import { KEY_BYTES, keyIdOf, publicKeyText } from './key.ts';
import type { KeyId } from './message.ts';
import { preAuthEncoding } from './pae.ts';
import { ProtocolError } from './protocol-error.ts';

/** Holds one private key and signs with it. */
export interface Signer {
  readonly keyId: KeyId;
  /** `ed25519:` and unpadded base64url of the 32 bytes. */
  readonly publicKey: string;
  /** Signs a body as one payload type (DSSE framing); answers unpadded base64url of the 64 bytes. */
  sign(payloadType: string, body: Uint8Array): string;
  /** Signs the text of a C2SP note as it stands. Refuses text that could be taken for DSSE framing. */
  signNote(text: string): Uint8Array;
}

/** The DER head of an Ed25519 PKCS #8 private key (RFC 8410 section 7); the 32 seed bytes follow. */
const PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]);

/**
 * A signer from its 32 secret bytes; the same seed always gives the same key (RFC 8032 section 5.1.5).
 * @throws ProtocolError `SEED_SHAPE` for another length.
 */
export function signerFromSeed(seed: Uint8Array): Signer {
  if (seed.length !== KEY_BYTES) {
    throw new ProtocolError('SEED_SHAPE', { message: `expected a seed of ${KEY_BYTES} bytes, got ${seed.length}` });
  }
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  return {
    keyId: keyIdOf(publicKey),
    publicKey: publicKeyText(publicKey),
    sign: (payloadType, body) => toBase64Url(sign(null, preAuthEncoding(payloadType, body), key)),
    signNote: (text) => {
      if (text.startsWith('DSSEv1 ')) throw new TypeError('expected the text of a note, got DSSE framing');
      return new Uint8Array(sign(null, Buffer.from(text), key));
    },
  };
}
