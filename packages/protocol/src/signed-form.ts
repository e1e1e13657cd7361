import { canonicalJson } from './canonical.ts';
import type { JsonObject } from './json.ts';

/** The signature member of a message, without its bytes. */
export interface UnsignedSignature {
  readonly algorithm: 'ed25519';
  readonly key_id: string;
  readonly public_key: string;
}

/**
 * The canonical form of a message from what was signed: `signature_bytes` is the last member of its signature, so it is put in
 * its place and nothing is written again. Where that place cannot be told by the text alone, the whole is.
 */
export function withSignatureBytes(
  signed: string,
  message: JsonObject | object,
  signature: UnsignedSignature,
  signatureBytes: string,
): string {
  const member = `"signature":${canonicalJson(signature)}`;
  const at = onlyIndexOf(signed, member);
  if (at === undefined) {
    return canonicalJson({ ...message, signature: { ...signature, signature_bytes: signatureBytes } });
  }
  const end = at + member.length - 1;
  return `${signed.slice(0, end)},"signature_bytes":"${signatureBytes}"${signed.slice(end)}`;
}

/**
 * What was signed of a message, from its canonical form: the same without `signature_bytes`, which must be base64url and the last
 * member of a signature with others.
 */
export function withoutSignatureBytes(wire: string, message: JsonObject, signature: JsonObject): string {
  const { signature_bytes, ...rest } = signature;
  const member = `,"signature_bytes":${canonicalJson(signature_bytes ?? null)}`;
  const at = onlyIndexOf(wire, member);
  return at === undefined
    ? canonicalJson({ ...message, signature: rest })
    : wire.slice(0, at) + wire.slice(at + member.length);
}

/** Where `part` stands, if it stands there alone: then no other object of the message holds the same member. */
function onlyIndexOf(text: string, part: string): number | undefined {
  const at = text.indexOf(part);
  return at >= 0 && text.lastIndexOf(part) === at ? at : undefined;
}
