import { sha256 as sha256OfBytes } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The sha256 of bytes, or of a string's UTF-8 form. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return sha256OfBytes(typeof data === 'string' ? utf8ToBytes(data) : data);
}

/** The sha256 of bytes, or of a string's UTF-8 form, in lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(data));
}
