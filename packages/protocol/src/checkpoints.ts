import { equalBytes } from './bytes.ts';
import { canonicalBytes } from './canonical-bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { leafHash, nodeHash } from './merkle.ts';
import type { LogEntry } from './session-log.ts';

/** A log is signed after so many entries, and once more at its end. */
export const CHECKPOINT_EVERY = 100;

/** The sizes at which a log that ended with `size` entries was signed before its end. */
export function checkpointSizes(size: number): number[] {
  const before = Math.max(0, Math.ceil(size / CHECKPOINT_EVERY) - 1);
  return Array.from({ length: before }, (_, n) => (n + 1) * CHECKPOINT_EVERY);
}

/**
 * The RFC 6962 roots over the first entries, at each of these sizes, ascending and from 1 on: the subtrees that are whole are
 * kept, so all roots cost about one pass over the log.
 */
export function prefixRoots(entries: readonly LogEntry[], sizes: readonly number[]): ReadonlyMap<number, Uint8Array> {
  const wanted = new Set(sizes);
  const roots = new Map<number, Uint8Array>();
  const whole: { hash: Uint8Array; leaves: number }[] = [];
  for (const [index, entry] of entries.entries()) {
    let subtree = { hash: leafHash(canonicalBytes(entry)), leaves: 1 };
    for (let left = whole.at(-1); left?.leaves === subtree.leaves; left = whole.at(-1)) {
      whole.pop();
      subtree = { hash: nodeHash(left.hash, subtree.hash), leaves: 2 * subtree.leaves };
    }
    whole.push(subtree);
    if (wanted.has(index + 1))
      roots.set(
        index + 1,
        whole.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right)),
      );
  }
  return roots;
}

/**
 * The first of these checkpoints that is not one of this log, and the size up to which the log is as it was signed: what comes
 * after it was changed. Undefined when all are. Their signatures were verified by `openCheckpoint`.
 */
export function firstOtherCheckpoint(
  entries: readonly LogEntry[],
  checkpoints: readonly Checkpoint[],
): { readonly size: number; readonly signedUpTo: number } | undefined {
  const ascending = checkpoints.toSorted((a, b) => a.size - b.size);
  const roots = prefixRoots(
    entries,
    ascending.map(({ size }) => size),
  );
  let signedUpTo = 0;
  for (const { size, root } of ascending) {
    const own = roots.get(size);
    if (own === undefined || !equalBytes(own, root)) return { size, signedUpTo };
    signedUpTo = size;
  }
  return undefined;
}
