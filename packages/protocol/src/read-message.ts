import type { z } from 'zod';
import type { Admitted } from './admission.ts';
import { canonicalBytes } from './canonical-bytes.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { Deferred, type Envelope, Message } from './message.ts';
import { jsonPointer } from './pointer.ts';
import { type ProtocolCode, ProtocolError } from './protocol-error.ts';

type Issue = z.core.$ZodIssue;

/** Stands in for an unreadable algorithm and signature while the rest of a message is judged. */
const STAND_IN = { algorithm: 'ed25519', signature_bytes: 'A'.repeat(86) } as const;

/** Canonical content above this many bytes travels beside its message. */
export const MAX_INLINE_CONTENT_BYTES = 65_536;

/**
 * Reads an admitted object as a message: version, schema, critical names, algorithm, in this order.
 *
 * The shape of `signature_bytes` is judged later, with the signature: here any value passes.
 * @throws ProtocolError `BUS_VERSION_UNSUPPORTED`, `BUS_SCHEMA`, `EVIDENCE_MISSING`, `EVIDENCE_HASH_FORMAT`,
 * `BUS_CRITICAL_UNKNOWN`, `BUS_ALGORITHM`, `BUS_SIGNATURE_SHAPE` (no signature member at all).
 */
export function readMessage({ text, value }: Admitted, understood: readonly string[] = []): Envelope {
  refuseOtherVersion(value);
  const parsed = schemaOf(value).safeParse(value);
  const message = parsed.success ? parsed.data : readBehindSignature(value, parsed.error.issues);
  refuseLargeContent(value, text);
  refuseUnknownCritical(message, understood);
  if (isJsonObject(value['signature']) && value['signature']['algorithm'] !== message.signature.algorithm) {
    throw refusal('BUS_ALGORITHM', 'expected ed25519, got another algorithm', '/signature/algorithm');
  }
  return message;
}

function refuseOtherVersion(value: JsonObject): void {
  const version = value['if_bus'];
  if (typeof version === 'string' && /^(0|[1-9][0-9]*)\.[0-9]+$/.test(version) && !version.startsWith('1.')) {
    throw refusal('BUS_VERSION_UNSUPPORTED', `expected version 1.x, got ${version.slice(0, 20)}`, '/if_bus');
  }
}

function schemaOf(value: JsonObject): typeof Message | typeof Deferred {
  return Object.hasOwn(value, 'content_ref') ? Deferred : Message;
}

/** A text of fewer units than a third of the bound has no content above it. */
function refuseLargeContent({ content }: JsonObject, text: string): void {
  if (content === undefined || text.length * 3 <= MAX_INLINE_CONTENT_BYTES) return;
  const { length } = canonicalBytes(content);
  if (length <= MAX_INLINE_CONTENT_BYTES) return;
  const expected = `expected at most ${MAX_INLINE_CONTENT_BYTES} bytes of content, more beside the message`;
  throw refusal('BUS_SCHEMA', `${expected}, got ${length}`, '/content');
}

function readBehindSignature(value: JsonObject, issues: readonly Issue[]): Envelope {
  const found = issues.find((issue) => issue.path[0] !== 'signature');
  if (found) throw schemaRefusal(value, found);
  const signature = value['signature'];
  if (!isJsonObject(signature)) {
    throw refusal('BUS_SIGNATURE_SHAPE', 'expected a signature, got none', '/signature');
  }
  const again = schemaOf(value).safeParse({ ...value, signature: { ...signature, ...STAND_IN } });
  if (again.success) return again.data;
  throw schemaRefusal(value, again.error.issues[0]);
}

function schemaRefusal(value: JsonObject, issue: Issue | undefined): ProtocolError {
  const path = issue?.path.filter((part) => typeof part !== 'symbol') ?? [];
  const where = jsonPointer(path);
  if (where === '/citation' && (value['citation'] ?? null) === null) {
    return refusal('EVIDENCE_MISSING', 'expected a citation of the evidence, got none', where);
  }
  if (where === '/citation/evidence_hash') {
    return refusal('EVIDENCE_HASH_FORMAT', 'expected sha256:<64 hex>, got another text', where);
  }
  return refusal('BUS_SCHEMA', `expected a message of IF.bus 1, got: ${issue?.message ?? 'another value'}`, where);
}

function refuseUnknownCritical(message: Envelope, understood: readonly string[]): void {
  for (const name of message.critical ?? []) {
    if (!understood.includes(name) || !Object.hasOwn(message.ext ?? {}, name)) {
      const got = name.slice(0, 40);
      throw refusal(
        'BUS_CRITICAL_UNKNOWN',
        `expected critical names of ext that are understood, got ${got}`,
        '/critical',
      );
    }
  }
}

function refusal(code: ProtocolCode, message: string, where: string): ProtocolError {
  return new ProtocolError(code, { message, where });
}
