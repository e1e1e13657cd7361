import { admit, MESSAGE_LIMITS } from './admission.ts';
import { refuseUnlessAuthorised } from './authority.ts';
import { fromBase64Url } from './base64url.ts';
import { digestOf } from './hash.ts';
import type { Digest } from './ids.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { withContent } from './content.ts';
import { type ContentRef, type Envelope, type InReplyTo, isDeferred, type Message } from './message.ts';
import { preAuthEncoding } from './pae.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { type ProtocolCode, ProtocolError } from './protocol-error.ts';
import { readMessage } from './read-message.ts';
import { type Recent, recent } from './recent.ts';
import { SIGNATURE_BYTES } from './signature-shape.ts';
import { withoutSignatureBytes } from './signed-form.ts';
import { refuseOutsideTime } from './time-window.ts';
import { refuseUnlessValid, type TrustedKey, type TrustStore } from './trusted-key.ts';

/** What a receiver knows before it opens a message. */
export interface OpenContext {
  readonly trust: TrustStore;
  /** Every address that is me: my own and the roles I serve. */
  readonly receivers: readonly string[];
  /** The only conversation I take part in; any of them when absent. */
  readonly conversation?: string;
  readonly nowMs: number;
  /** Whether an answer binds to a request we sent: same id, same wire hash. Answers are not checked for it when absent. */
  readonly isOurRequest?: (request: InReplyTo) => boolean;
  /** Finds content that travels beside its message, already asked for; without it such a message is refused. */
  readonly contentOf?: (ref: ContentRef) => Uint8Array | undefined;
  /** Names in `ext` we act on; a message may call them critical. */
  readonly understood?: readonly string[];
}

/** A message that may be believed, its exact wire, and the digest of the wire, which is the message's identity. */
export interface Opened<M extends Envelope = Message> {
  readonly message: M;
  readonly wire: string;
  readonly sha256: Digest;
}

/**
 * Opens a wire message: everything that must hold before any of it is acted on, except replay (`refuseReplay`).
 *
 * Of several faults the first in this order names the refusal: size, encoding, depth, parse, string and number profile,
 * canonical form, version, schema, algorithm, key, signature, sender, role, conversation, receiver, time, reply; content
 * that travels beside the message comes last.
 * @throws ProtocolError with a `BUS_*`, `EVIDENCE_*` or `CLAIM_*` code.
 */
export function openMessage(wire: string | Uint8Array, context: OpenContext): Opened {
  const { message, ...opened } = openEnvelope(wire, context);
  if (!isDeferred(message)) return { message, ...opened };
  return withContent({ message, ...opened }, context.contentOf?.(message.content_ref));
}

/** Opens a wire message as `openMessage` does, but for content that travels beside it, which `withContent` puts in its place. */
export function openEnvelope(wire: string | Uint8Array, context: OpenContext): Opened<Envelope> {
  const { message, key, ...opened } = proven(wire, context) ?? prove(wire, context);
  refuseUnlessAuthorised(message, key);
  refuseOtherAddress(message, context);
  refuseOutsideTime(message, context.nowMs);
  if ('in_reply_to' in message && context.isOurRequest && !context.isOurRequest(message.in_reply_to)) {
    throw refusal(
      'BUS_REPLY_UNBOUND',
      'expected an answer to a request we sent, got one to another',
      message.message_id,
    );
  }
  return { message, ...opened };
}

/** A message whose form and signature hold, with the key under which they do. */
interface Proven extends Opened<Envelope> {
  readonly key: TrustedKey;
}

/**
 * Which wires were proven lately, by their digest: a stored answer is opened again by every step that reads it, and what the
 * same bytes say under the same key cannot have changed. All that can (who is trusted, when, and as what) is judged each time.
 * A session of 10,000 tasks has 20,000, twice this; each takes some 130 bytes.
 */
const PROVEN: Recent<TrustedKey> = recent(10_240);

/** The message in a wire that was proven before under the key that would be asked now; `undefined` for any other. */
function proven(wire: string | Uint8Array, context: OpenContext): Proven | undefined {
  if (typeof wire !== 'string' || wire.length > MESSAGE_LIMITS.bytes) return undefined;
  const sha256 = digestOf(wire);
  const before = PROVEN.get(sha256);
  if (before === undefined) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- these very bytes were read as a message
  const message = JSON.parse(wire) as Envelope;
  const key = keyOf(message, context);
  return key === before ? { message, wire, sha256, key } : undefined;
}

function prove(wire: string | Uint8Array, context: OpenContext): Proven {
  const admitted = admit(wire);
  const { text, value } = admitted;
  const message = readMessage(admitted, context.understood);
  const key = keyOf(message, context);
  refuseUnlessSigned(text, value, key);
  const sha256 = digestOf(text);
  // Critical names are judged by what the receiver understands.
  if (message.critical === undefined) PROVEN.set(sha256, key);
  return { message, wire: text, sha256, key };
}

function keyOf(message: Envelope, context: OpenContext): TrustedKey {
  const { key_id, public_key } = message.signature;
  const key = context.trust.keys.get(key_id);
  if (!key) throw refusal('BUS_KEY_UNKNOWN', 'expected a key of the trust document, got another', key_id);
  refuseUnlessValid(key, context.nowMs);
  if (key.public_key !== public_key) {
    throw refusal('BUS_KEY_MISMATCH', 'expected the public key of the trust document, got another', key_id);
  }
  return key;
}

const encoder = new TextEncoder();

function refuseUnlessSigned(text: string, value: JsonObject, key: TrustedKey): void {
  const signature = isJsonObject(value['signature']) ? value['signature'] : {};
  const { signature_bytes } = signature;
  const bytes = typeof signature_bytes === 'string' ? fromBase64Url(signature_bytes) : undefined;
  if (bytes?.length !== SIGNATURE_BYTES) {
    throw refusal('BUS_SIGNATURE_SHAPE', 'expected 64 bytes in unpadded base64url, got another text', key.key_id);
  }
  const signed = encoder.encode(withoutSignatureBytes(text, value, signature));
  if (!key.verify(preAuthEncoding(PAYLOAD_TYPE.message, signed), bytes)) {
    throw refusal(
      'BUS_SIGNATURE_INVALID',
      'expected a signature of these bytes, got one that does not hold',
      key.key_id,
    );
  }
}

function refuseOtherAddress(message: Envelope, context: OpenContext): void {
  if (context.conversation !== undefined && message.conversation_id !== context.conversation) {
    const got = message.conversation_id;
    throw refusal('BUS_WRONG_CONVERSATION', `expected ${context.conversation}, got ${got}`, message.message_id);
  }
  if (!context.receivers.includes(message.receiver)) {
    throw refusal('BUS_WRONG_RECEIVER', `expected one of our addresses, got ${message.receiver}`, message.message_id);
  }
}

function refusal(code: ProtocolCode, message: string, where: string): ProtocolError {
  return new ProtocolError(code, { message, where });
}
