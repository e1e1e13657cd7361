import { createHash, hash } from 'node:crypto';

/** The sha256 of bytes, or of a string's UTF-8 form. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

/** The sha256 of bytes, or of a string's UTF-8 form, in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data);
}
