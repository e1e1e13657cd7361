/** Whether `signature` (64 bytes) is this key's signature of `message`; never throws. */
export type VerifySignature = (message: Uint8Array, signature: Uint8Array) => boolean;

/** Bytes of an Ed25519 signature: the point R, then the scalar S. */
export const SIGNATURE_BYTES = 64;

/** The prime 2^255 - 19 of RFC 8032 section 5.1, big-endian hex. */
const PRIME = `7${'f'.repeat(61)}ed`;

/**
 * The y coordinates of the eight points of small order, big-endian hex: 1, -1, 0 and the two of order 8
 * (Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs", 2020, table 1).
 */
const SMALL_ORDER_Y = new Set([
  `${'0'.repeat(63)}1`,
  `7${'f'.repeat(61)}ec`,
  '0'.repeat(64),
  '05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826',
  '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7',
]);

/** The first byte of every y that is refused: of those of small order, and of those from the prime on. */
const DOUBTFUL: ReadonlySet<number> = new Set([...SMALL_ORDER_Y, PRIME].map((y) => Number.parseInt(y.slice(0, 2), 16)));

/** Whether a signature has 64 bytes and an R that is canonically encoded and not of small order. */
export function isAdmissibleSignature(signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  if (!DOUBTFUL.has((signature[31] ?? 0) & 0x7f)) return true;
  const y = yCoordinate(signature);
  return y < PRIME && !SMALL_ORDER_Y.has(y);
}

/** The y coordinate of R: the first 32 bytes, little-endian, without the sign bit of x. */
function yCoordinate(signature: Uint8Array): string {
  let hex = '';
  for (let at = 31; at >= 0; at -= 1) {
    const byte = signature[at] ?? 0;
    hex += BYTE_HEX[at === 31 ? byte & 0x7f : byte];
  }
  return hex;
}

const BYTE_HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
