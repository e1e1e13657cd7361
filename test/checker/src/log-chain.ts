import { createHash } from 'node:crypto';
import { canonicalText, digestOf } from './digest.ts';

/** An entry of a session log and its canonical text. */
export interface Leaf {
  readonly text: string;
  readonly index: number;
  readonly logged_at: number;
  readonly prev_entry_hash: string | null;
}

/** The entries of a log as NDJSON; a line that is not one canonical entry ends them. */
export function leavesOf(text: string): Leaf[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ ...parse(line), text: line }));
}

/** The first entry that does not fit the one before. */
export function chainBreak(leaves: readonly Leaf[]): string | undefined {
  for (const [at, leaf] of leaves.entries()) {
    const before = leaves[at - 1];
    const prev = before === undefined ? null : digestOf(before.text);
    if (canonicalText(parse(leaf.text)) !== leaf.text) return `line ${at + 1} is not a canonical entry`;
    if (leaf.index !== at) return `entry ${at} says it is entry ${leaf.index}`;
    if (leaf.prev_entry_hash !== prev) return `entry ${at} does not follow the one before`;
    if (before !== undefined && leaf.logged_at < before.logged_at) return `entry ${at} is older than the one before`;
  }
  return undefined;
}

/** The Merkle tree root over entries (RFC 6962 section 2.1). */
export function rootOf(leaves: readonly Leaf[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  const [first] = leaves;
  if (leaves.length === 1 && first !== undefined) return hash(0, Buffer.from(first.text));
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return hash(1, rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

const hash = (head: number, ...parts: readonly Buffer[]): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(head), ...parts]))
    .digest();

function parse(line: string): Omit<Leaf, 'text'> {
  try {
    return JSON.parse(line) as Omit<Leaf, 'text'>;
  } catch {
    return { index: -1, logged_at: 0, prev_entry_hash: null };
  }
}
