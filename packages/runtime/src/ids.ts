import { randomBytes } from 'node:crypto';
import type { Ids } from '@infrafabric/protocol';

/** Identifiers from the machine's clock and randomness. */
export const systemIds: Ids = { uuidv7: () => uuidv7(Date.now(), randomBytes(10)) };

/**
 * A UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then randomness. Node has its own from 24.21 on;
 * this one also serves the older lines we run on.
 */
export function uuidv7(unixMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  for (let n = 0; n < 6; n++) bytes[n] = Math.floor(unixMs / 2 ** (8 * (5 - n))) % 256;
  bytes.set(random, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
