import { createHash } from 'node:crypto';

/** The sha256 of bytes, or of a string's UTF-8 form, in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The sha256 as a digest: `sha256:<hex>`. */
export function digestOf(data: Uint8Array | string): string {
  return `sha256:${sha256Hex(data)}`;
}
