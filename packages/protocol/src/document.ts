import { z } from 'zod';
import { verifierOf } from '#verify';
import { admit, DOCUMENT_LIMITS } from './admission.ts';
import { fromBase64Url } from './base64url.ts';
import { canonicalBytes } from './canonical-bytes.ts';
import { canonicalJson } from './canonical.ts';
import type { JsonValue } from './json.ts';
import { admitPublicKey, keyIdOf } from './key.ts';
import { KeyId, PublicKeyText, SignatureText } from './message.ts';
import { preAuthEncoding } from './pae.ts';
import type { DocumentType } from './payload-type.ts';
import { type DocumentCode, ProtocolError } from './protocol-error.ts';
import type { Role } from './role.ts';
import type { VerifySignature } from './signature-shape.ts';
import type { Signer } from './signer.ts';
import { refuseUnlessValid, type TrustStore } from './trusted-key.ts';

const DocumentSignature = z.strictObject({ key_id: KeyId, public_key: PublicKeyText, signature_bytes: SignatureText });
type DocumentSignature = z.infer<typeof DocumentSignature>;

const SignedDocument = z.strictObject({
  payload_type: z.string().max(100),
  payload: z.custom<JsonValue>((value) => value !== undefined),
  signatures: z.array(DocumentSignature).min(1).max(16),
});

/**
 * Whose signature counts: pinned root keys (`threshold` distinct ones), or keys of the trust store that were valid at
 * `nowMs` and hold `role`.
 */
export type SignedBy =
  | { readonly roots: readonly KeyId[]; readonly threshold?: number }
  | { readonly trust: TrustStore; readonly nowMs: number; readonly role: Role };

/** A payload whose signatures hold, and the distinct keys that made them. */
export interface OpenedDocument {
  readonly payload: JsonValue;
  readonly signers: readonly KeyId[];
}

/** Signs a payload and writes the document as canonical JSON: the bytes of `session.json`, `manifest.json`, `trust.json`. */
export function signDocument(payloadType: DocumentType, payload: JsonValue | object, ...signers: Signer[]): string {
  const body = canonicalBytes(payload);
  const signatures = signers.map((signer) => ({
    key_id: signer.keyId,
    public_key: signer.publicKey,
    signature_bytes: signer.sign(payloadType, body),
  }));
  const text = canonicalJson({ payload_type: payloadType, payload, signatures });
  read(text);
  return text;
}

/**
 * Opens a signed document of one type. Signatures of keys nobody asked for are passed over; one of a counted key that does
 * not hold refuses the whole.
 * @throws ProtocolError `DOCUMENT_SHAPE` (cause: the admission code), `DOCUMENT_TYPE`, `DOCUMENT_SIGNATURE`,
 * `BUS_KEY_REVOKED`, `BUS_KEY_NOT_VALID`, `TRUST_KEY_WEAK` (a weak root).
 */
export function openDocument(text: string | Uint8Array, payloadType: DocumentType, by: SignedBy): OpenedDocument {
  const document = read(text);
  if (document.payload_type !== payloadType) {
    throw refusal('DOCUMENT_TYPE', `expected ${payloadType}, got ${document.payload_type}`);
  }
  const signed = preAuthEncoding(payloadType, canonicalBytes(document.payload));
  const signers = new Set<KeyId>();
  for (const signature of document.signatures) {
    const verify = verifierFor(signature, by);
    if (!verify) continue;
    const bytes = fromBase64Url(signature.signature_bytes);
    if (!bytes || !verify(signed, bytes)) {
      throw refusal('DOCUMENT_SIGNATURE', `expected a signature that holds, got a broken one by ${signature.key_id}`);
    }
    signers.add(signature.key_id);
  }
  const threshold = 'roots' in by ? (by.threshold ?? 1) : 1;
  if (threshold < 1 || signers.size < threshold) {
    throw refusal('DOCUMENT_SIGNATURE', `expected ${threshold} signatures by the given keys, got ${signers.size}`);
  }
  return { payload: document.payload, signers: [...signers] };
}

/**
 * The key ids a document says it is signed by: NOT verified and not to be believed. For telling a reader which root an
 * unpinned document hangs on.
 */
export function claimedSigners(text: string | Uint8Array): readonly KeyId[] {
  return read(text).signatures.map((signature) => signature.key_id);
}

function read(text: string | Uint8Array): z.infer<typeof SignedDocument> {
  let parsed;
  try {
    parsed = SignedDocument.safeParse(admit(text, DOCUMENT_LIMITS).value);
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new ProtocolError('DOCUMENT_SHAPE', { message: cause.message, where: cause.where, cause });
  }
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refusal('DOCUMENT_SHAPE', `expected a signed document, got ${issue?.message} at /${issue?.path.join('/')}`);
}

function verifierFor(signature: DocumentSignature, by: SignedBy): VerifySignature | undefined {
  if ('roots' in by) return by.roots.includes(signature.key_id) ? rootVerifier(signature) : undefined;
  const key = by.trust.keys.get(signature.key_id);
  if (!key?.roles.includes(by.role)) return undefined;
  refuseUnlessValid(key, by.nowMs);
  if (key.public_key !== signature.public_key) throw mismatch(signature);
  return key.verify;
}

function rootVerifier(signature: DocumentSignature): VerifySignature {
  const publicKey = admitPublicKey(signature.public_key);
  if (keyIdOf(publicKey) !== signature.key_id) throw mismatch(signature);
  return verifierOf(publicKey);
}

function mismatch(signature: DocumentSignature): ProtocolError {
  return refusal('DOCUMENT_SIGNATURE', `expected the public key of ${signature.key_id}, got another`);
}

function refusal(code: DocumentCode, message: string): ProtocolError {
  return new ProtocolError(code, { message, where: 'signed document' });
}
