import { AwsFault } from '../engine/fault.ts';
import type { WireRequest } from '../wire/message.ts';

/** What a request is about; an empty key means the bucket itself. */
export interface Address {
  readonly bucket: string;
  readonly key: string;
}

/** A key may have this many bytes. Source: S3 user guide, object key names (2026-11). */
const MAX_KEY_BYTES = 1024;

/** Reads bucket and key from the path, or the bucket from the host when the client uses virtual-hosted addresses. */
export function addressOf(request: WireRequest): Address {
  const path = request.path.replace(/^\//, '');
  const hosted = /^(.+)\.(?:s3[.-][a-z0-9.-]+\.amazonaws\.com|s3\.amazonaws\.com|localhost)$/.exec(request.hostname);
  if (hosted?.[1] !== undefined) return { bucket: hosted[1], key: decodedKey(path) };
  const slash = path.indexOf('/');
  if (slash < 0) return { bucket: decodeURIComponent(path), key: '' };
  return { bucket: decodeURIComponent(path.slice(0, slash)), key: decodedKey(path.slice(slash + 1)) };
}

function decodedKey(encoded: string): string {
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch (cause) {
    throw new AwsFault('InvalidURI', `Couldn't parse the specified URI: ${String(cause)}`);
  }
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new AwsFault('KeyTooLongError', 'Your key is too long');
  if (key.includes('\0')) throw new AwsFault('InvalidURI', 'expected a key without the character NUL');
  return key;
}
