const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The value of each digit by its code unit, -1 for every other. */
const VALUES = Int8Array.from({ length: 128 }, (_, unit) => DIGITS.indexOf(String.fromCharCode(unit)));

/** The two digits of each number of twelve bits. */
const PAIRS = Array.from({ length: 4_096 }, (_, pair) => `${DIGITS[pair >> 6]}${DIGITS[pair & 0x3f]}`);

/** Unpadded base64url (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3);
  let text = '';
  for (let at = 0; at < whole; at += 3) {
    const three = (byteAt(bytes, at) << 16) | (byteAt(bytes, at + 1) << 8) | byteAt(bytes, at + 2);
    text += pairOf(three >> 12) + pairOf(three & 0xfff);
  }
  if (bytes.length - whole === 1) return text + pairOf(byteAt(bytes, whole) << 4);
  if (bytes.length - whole === 0) return text;
  const two = (byteAt(bytes, whole) << 8) | byteAt(bytes, whole + 1);
  return text + pairOf(two >> 4) + (DIGITS[(two << 2) & 0x3f] ?? '');
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const pairOf = (bits: number): string => PAIRS[bits] ?? '';

/**
 * The bytes of unpadded base64url, or `undefined` for anything else: padding, the standard alphabet, white space,
 * trailing bits that are not zero. One text for one value.
 */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES[text.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    held = ((held & 0x3f) << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

/** Padded standard base64 (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** As many arguments as every engine takes in one call. */
const CHUNK = 8_192;

/** The bytes of padded standard base64, or `undefined` when the text is not the one encoding of its value. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = decode(text);
  return toBase64(bytes) === text ? bytes : undefined;
}

function decode(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
