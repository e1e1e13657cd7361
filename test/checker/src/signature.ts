import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { HistoryKey, WorldEntry } from './history.ts';

/** Whether a signature of these bytes by this key holds. */
export type VerifySignature = (key: HistoryKey, bytes: Uint8Array, signature: Uint8Array) => boolean;

/** What a message is signed as (DSSE v1, protocol.md 1.0.2). */
const MESSAGE_TYPE = 'application/vnd.infrafabric.ifbus.message.v1+json';

/** The DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

const SIGNATURE_BYTES = 64;

/** The bytes under a message's signature: DSSE v1 pre-authentication encoding of its canonical text without the signature's bytes. */
export function signedBytes(text: string): Uint8Array {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from(`DSSEv1 ${MESSAGE_TYPE.length} ${MESSAGE_TYPE} ${body.length} `), body]);
}

/** How signatures of a run are verified; shares nothing with the product's verifier. */
export function verifierOf(signatures: WorldEntry['signatures']): VerifySignature {
  return signatures === 'ed25519' ? verifyEd25519() : verifyStandIn;
}

function verifyEd25519(): VerifySignature {
  const opened = new Map<string, KeyObject>();
  return ({ public_key }, bytes, signature) => {
    if (signature.length !== SIGNATURE_BYTES) return false;
    const key = opened.get(public_key) ?? openKey(public_key);
    opened.set(public_key, key);
    return verify(null, bytes, key, signature);
  };
}

function openKey(publicKey: string): KeyObject {
  const raw = Buffer.from(publicKey.slice('ed25519:'.length), 'base64url');
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
}

const verifyStandIn: VerifySignature = ({ key_id }, bytes, signature) =>
  signature.length === SIGNATURE_BYTES &&
  timingSafeEqual(createHmac('sha512', `stand-in ${key_id}`).update(bytes).digest(), signature);
