import { hash } from 'node:crypto';
import { AwsFault } from '../engine/fault.ts';
import type { WireRequest } from '../wire/message.ts';
import { type Checksums, verifiedChecksums } from './checksum.ts';

/** An object may have this many bytes: it lies in the SQLite file as one value. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

/** The body of a PUT without its transfer encoding, and the checksums that were given and hold. */
export interface Payload {
  readonly body: Buffer;
  readonly checksums: Checksums;
}

/** @throws AwsFault `BadDigest`, `EntityTooLarge`, `IncompleteBody`, `XAmzContentSHA256Mismatch`. */
export function payloadOf(request: WireRequest): Payload {
  const { headers } = request;
  const chunked =
    /(^|,)\s*aws-chunked/.test(headers['content-encoding'] ?? '') ||
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING');
  const { body, trailers } = chunked ? unchunked(request.body) : { body: request.body, trailers: {} };
  if (body.length > MAX_OBJECT_BYTES) {
    throw new AwsFault('EntityTooLarge', `expected an object of at most ${MAX_OBJECT_BYTES} bytes in aws-local`);
  }
  const declared = headers['x-amz-decoded-content-length'];
  if (chunked && declared !== undefined && Number(declared) !== body.length) throw incomplete();
  requireContentHash(headers['x-amz-content-sha256'], request.body);
  return { body, checksums: verifiedChecksums({ ...headers, ...trailers }, body) };
}

function requireContentHash(declared: string | undefined, body: Buffer): void {
  if (declared === undefined || !/^[0-9a-f]{64}$/.test(declared) || hash('sha256', body) === declared) return;
  throw new AwsFault('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match.");
}

/**
 * Undoes aws-chunked: `<hex size>[;extension]CRLF<bytes>CRLF`, a chunk of size 0, then trailers.
 * Source: S3 API reference, "Signature calculations: transferring payload in multiple chunks" (2026-11).
 */
function unchunked(encoded: Buffer): { body: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = encoded.indexOf('\r\n', at);
    const size = lineEnd < 0 ? NaN : Number.parseInt(encoded.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    if (Number.isNaN(size) || start + size > encoded.length) throw incomplete();
    if (size === 0) return { body: Buffer.concat(chunks), trailers: trailersOf(encoded.toString('latin1', start)) };
    chunks.push(encoded.subarray(start, start + size));
    at = start + size + 2;
  }
}

function trailersOf(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).map((line) => line.split(/:(.*)/s));
  const named = lines.filter(([name, value]) => name !== undefined && value !== undefined);
  return Object.fromEntries(named.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]));
}

function incomplete(): AwsFault {
  return new AwsFault('IncompleteBody', 'The request body terminated unexpectedly');
}
