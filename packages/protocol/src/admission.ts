import { canonicalJson } from './canonical.ts';
import { scanLimits, type ScanLimits } from './json-scan.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { profileBreach } from './json-profile.ts';
import { ProtocolError, type ProtocolCode } from './protocol-error.ts';

/** What a text may cost before it is believed. */
export interface AdmissionLimits extends ScanLimits {
  /** UTF-8 bytes. */
  readonly bytes: number;
}

/** A bus message: 192 KiB leaves room for attributes under the 256 KiB that SNS takes by default (AWS SNS quotas, 2026-11). */
export const MESSAGE_LIMITS: AdmissionLimits = { bytes: 192 * 1024, depth: 32, members: 5000 };

/** A signed document (trust, session, manifest, report seal). Own bounds. */
export const DOCUMENT_LIMITS: AdmissionLimits = { bytes: 64 * 1024 * 1024, depth: 32, members: 2_000_000 };

/** A text that is the canonical form of one JSON object. */
export interface Admitted {
  readonly text: string;
  readonly value: JsonObject;
}

/**
 * Lets raw bytes in as one canonical JSON object, or throws; checks run cheapest first and each bounds the next.
 *
 * @throws ProtocolError `BUS_SIZE`, `BUS_ENCODING`, `BUS_TOO_DEEP`, `BUS_TOO_MANY`, `BUS_PARSE`, `BUS_SHAPE`,
 * `BUS_BAD_STRING`, `BUS_BAD_NUMBER`, `BUS_NOT_CANONICAL`, in this order.
 */
export function admit(raw: string | Uint8Array, limits: AdmissionLimits = MESSAGE_LIMITS): Admitted {
  const { text, value } = parseWithinProfile(raw, limits);
  if (canonicalJson(value) !== text) {
    throw refusal('BUS_NOT_CANONICAL', 'expected RFC 8785 canonical JSON, got another spelling of the same value');
  }
  return { text, value };
}

/** All of `admit` but the last check: for a text this process has just written in canonical form itself. */
export function parseWithinProfile(raw: string | Uint8Array, limits: AdmissionLimits = MESSAGE_LIMITS): Admitted {
  const text = decodeUtf8(raw, limits.bytes);
  refuseExcess(text, limits);
  const value = parse(text);
  refuseOutsideProfile(value);
  return { text, value };
}

function decodeUtf8(raw: string | Uint8Array, maxBytes: number): string {
  const size = typeof raw === 'string' ? sizeOf(raw, maxBytes) : raw.length;
  if (size === 0 || size > maxBytes) {
    throw refusal('BUS_SIZE', `expected 1 to ${maxBytes} bytes, got ${size}`);
  }
  const text = typeof raw === 'string' ? wellFormed(raw) : fatalUtf8(raw);
  if (text.startsWith('\uFEFF')) throw refusal('BUS_ENCODING', 'expected UTF-8 without a byte order mark, got one');
  return text;
}

/** UTF-8 bytes of a text, as far as the bound asks: they are at least its UTF-16 units and at most three times as many. */
function sizeOf(text: string, maxBytes: number): number {
  const isClear = text.length > maxBytes || text.length * 3 <= maxBytes;
  return isClear ? text.length : new TextEncoder().encode(text).length;
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw refusal('BUS_ENCODING', 'expected UTF-8, got a lone surrogate');
  return text;
}

function fatalUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refusal('BUS_ENCODING', 'expected UTF-8, got bytes that are not', cause);
  }
}

function refuseExcess(text: string, limits: ScanLimits): void {
  const excess = scanLimits(text, limits);
  if (excess === 'depth') throw refusal('BUS_TOO_DEEP', `expected a depth of at most ${limits.depth}, got more`);
  if (excess === 'members') throw refusal('BUS_TOO_MANY', `expected at most ${limits.members} members, got more`);
}

function parse(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refusal('BUS_PARSE', 'expected JSON, got text that does not parse', cause);
  }
  if (!isJsonObject(value)) throw refusal('BUS_SHAPE', 'expected a JSON object, got another JSON value');
  return value;
}

function refuseOutsideProfile(value: JsonObject): void {
  const breach = profileBreach(value);
  if (breach?.kind === 'string') {
    throw new ProtocolError('BUS_BAD_STRING', {
      message: 'expected well-formed text without noncharacters and names of at most 128 units, got other text',
      where: breach.pointer,
    });
  }
  if (breach?.kind === 'number') {
    throw new ProtocolError('BUS_BAD_NUMBER', {
      message: 'expected an integer of magnitude up to 2^53 - 1 (other numbers travel as decimal strings), got another',
      where: breach.pointer,
    });
  }
}

function refusal(code: ProtocolCode, message: string, cause?: unknown): ProtocolError {
  return new ProtocolError(code, { message, cause });
}
