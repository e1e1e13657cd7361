import type { z } from 'zod';
import { isJsonObject, type JsonObject } from './json.ts';
import { Message } from './message.ts';
import { jsonPointer } from './pointer.ts';
import { type ProtocolCode, ProtocolError } from './protocol-error.ts';

type Issue = z.core.$ZodIssue;

/** Stands in for an unreadable algorithm and signature while the rest of a message is judged. */
const STAND_IN = { algorithm: 'ed25519', signature_bytes: 'A'.repeat(86) } as const;

/**
 * Reads an admitted object as a message: version, schema, critical names, algorithm, in this order.
 *
 * The shape of `signature_bytes` is judged later, with the signature: here any value passes.
 * @throws ProtocolError `BUS_VERSION_UNSUPPORTED`, `BUS_SCHEMA`, `EVIDENCE_MISSING`, `EVIDENCE_HASH_FORMAT`,
 * `BUS_CRITICAL_UNKNOWN`, `BUS_ALGORITHM`, `BUS_SIGNATURE_SHAPE` (no signature member at all).
 */
export function readMessage(value: JsonObject, understood: readonly string[] = []): Message {
  refuseOtherVersion(value);
  const parsed = Message.safeParse(value);
  const message = parsed.success ? parsed.data : readBehindSignature(value, parsed.error.issues);
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

function readBehindSignature(value: JsonObject, issues: readonly Issue[]): Message {
  const found = issues.find((issue) => issue.path[0] !== 'signature');
  if (found) throw schemaRefusal(value, found);
  const signature = value['signature'];
  if (!isJsonObject(signature)) {
    throw refusal('BUS_SIGNATURE_SHAPE', 'expected a signature, got none', '/signature');
  }
  const again = Message.safeParse({ ...value, signature: { ...signature, ...STAND_IN } });
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

function refuseUnknownCritical(message: Message, understood: readonly string[]): void {
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
