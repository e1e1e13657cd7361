import { concatBytes, equalBytes } from './bytes.ts';
import { sha256 } from './hash.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of one entry of a log: sha256(0x00 || entry) (RFC 6962 section 2.1). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF, entry));
}

/** The root over leaf hashes in log order; the sha256 of nothing for an empty log (RFC 6962 section 2.1). */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  return leaves.length === 0 ? sha256(new Uint8Array()) : rootOf(leaves, 0, leaves.length);
}

/**
 * The audit path that shows leaf `index` is under the root, from the leaf's sibling upwards (RFC 6962 section 2.1.1).
 * @throws RangeError when there is no such leaf.
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`expected an index below ${leaves.length}, got ${index}`);
  }
  const path: Uint8Array[] = [];
  let start = 0;
  let end = leaves.length;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    const isLeft = index < middle;
    path.push(isLeft ? rootOf(leaves, middle, end) : rootOf(leaves, start, middle));
    if (isLeft) end = middle;
    else start = middle;
  }
  return path.toReversed();
}

/** Says that a leaf stands at `index` in a log of `size` entries. */
export interface Inclusion {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
}

/** Whether the audit path leads from the leaf to the root (RFC 9162 section 2.1.3.2). */
export function isIncluded(inclusion: Inclusion, root: Uint8Array): boolean {
  const { leaf, index, size, proof } = inclusion;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}

function rootOf(leaves: readonly Uint8Array[], start: number, end: number): Uint8Array {
  const first = leaves[start];
  if (end - start === 1 && first) return first;
  const middle = start + splitOf(end - start);
  return nodeHash(rootOf(leaves, start, middle), rootOf(leaves, middle, end));
}

/** The largest power of two below `size`, for a size of at least 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The hash of a node over two subtrees: sha256(0x01 || left || right) (RFC 6962 section 2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concatBytes(NODE, left, right));
