import { sha256, sha256Hex } from '#hash';
import type { Digest } from './ids.ts';

export { sha256, sha256Hex };

/** The sha256 as a digest: `sha256:<hex>`. */
export function digestOf(data: Uint8Array | string): Digest {
  return `sha256:${sha256Hex(data)}`;
}
