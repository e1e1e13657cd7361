import { admit, type AdmissionLimits, MESSAGE_LIMITS } from './admission.ts';
import { refuseForeignType } from './authority.ts';
import { canonicalBytes } from './canonical-bytes.ts';
import { digestOf } from './hash.ts';
import { ContentRef, type Deferred, Message } from './message.ts';
import type { Opened } from './open.ts';
import { type ProtocolCode, ProtocolError } from './protocol-error.ts';
import { MAX_INLINE_CONTENT_BYTES } from './read-message.ts';

/** Content beside a message has at most this many bytes. */
export const MAX_CONTENT_BYTES = 32 * 1024 * 1024;

/** Content keeps the bounds of a message, but for its bytes. */
const CONTENT_LIMITS: AdmissionLimits = { ...MESSAGE_LIMITS, bytes: MAX_CONTENT_BYTES };

const NAME = /^[0-9a-f]{64}$/;

/** The canonical bytes of content too large to travel inside a message; undefined when it fits. */
export function largeContent(content: Message['content']): Uint8Array | undefined {
  // Canonical form has as many UTF-16 units as this, and at most three bytes a unit.
  if (JSON.stringify(content).length * 3 <= MAX_INLINE_CONTENT_BYTES) return undefined;
  const bytes = canonicalBytes(content);
  return bytes.length > MAX_INLINE_CONTENT_BYTES ? bytes : undefined;
}

/** The reference to content kept in `folder`, an address that ends with a slash, under its hash. */
export function contentRef(bytes: Uint8Array, folder: string): ContentRef {
  const sha256 = digestOf(bytes);
  const uri = `${folder}${sha256.slice('sha256:'.length)}`;
  return { uri, sha256, size: bytes.length, media_type: 'application/json' };
}

/** Where a wire says that its content is, before anything is verified; undefined when it is inside, or what is said is no reference. */
export function claimedContentRef(wire: string): ContentRef | undefined {
  if (!wire.includes('"content_ref":')) return undefined;
  try {
    const value: Partial<Deferred> | null = JSON.parse(wire);
    return ContentRef.safeParse(value?.content_ref).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The name of the referred content in `folder`, which is hexadecimal; judged before anything is asked for.
 * @throws ProtocolError `CLAIM_URI_FORBIDDEN` for what is not in exactly this folder; `CLAIM_TOO_LARGE` for a size above 32 MiB.
 */
export function contentName({ uri, size }: ContentRef, folder: string): string {
  const name = uri.startsWith(folder) ? uri.slice(folder.length) : '';
  if (!NAME.test(name)) throw refusal('CLAIM_URI_FORBIDDEN', `a name in ${folder}, got another address`, uri);
  if (size <= MAX_CONTENT_BYTES) return name;
  throw refusal('CLAIM_TOO_LARGE', `at most ${MAX_CONTENT_BYTES} bytes, got ${size}`, uri);
}

/**
 * Puts content in its place that travelled beside its message: held to hash and size, then judged as content inside is.
 * @throws ProtocolError `CLAIM_TOO_LARGE`, `CLAIM_MISSING`, `CLAIM_HASH_MISMATCH`; what form and schema of content throw;
 * `BUS_ROLE_FORBIDDEN`.
 */
export function withContent({ message, ...opened }: Opened<Deferred>, bytes: Uint8Array | undefined): Opened {
  const { content_ref: ref, ...rest } = message;
  if (Math.max(ref.size, bytes?.length ?? 0) > MAX_CONTENT_BYTES) {
    throw refusal('CLAIM_TOO_LARGE', `at most ${MAX_CONTENT_BYTES} bytes, got more`, ref.uri);
  }
  if (bytes === undefined) throw refusal('CLAIM_MISSING', 'the content of the message, got nothing', ref.uri);
  if (bytes.length !== ref.size || digestOf(bytes) !== ref.sha256) {
    throw refusal('CLAIM_HASH_MISMATCH', `${ref.size} bytes of ${ref.sha256}, got others`, ref.uri);
  }
  const whole = Message.safeParse({ ...rest, content: admit(bytes, CONTENT_LIMITS).value });
  if (!whole.success) {
    const what = whole.error.issues[0]?.message ?? 'another value';
    throw refusal('BUS_SCHEMA', `the content of a ${message.performative}, got: ${what}`, message.message_id);
  }
  refuseForeignType(whole.data);
  return { message: whole.data, ...opened };
}

function refusal(code: ProtocolCode, expected: string, where: string): ProtocolError {
  return new ProtocolError(code, { message: `expected ${expected}`, where: where.slice(0, 200) });
}
