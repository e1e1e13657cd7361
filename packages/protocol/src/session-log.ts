import { z } from 'zod';
import { canonicalBytes } from './canonical-bytes.ts';
import { canonicalJson } from './canonical.ts';
import { equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { digestOf } from './hash.ts';
import { Digest } from './ids.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { ProtocolError } from './protocol-error.ts';

/** One line of the session log: which message passed, when, which way, chained to the entry before (null at 0). */
export const LogEntry = z.strictObject({
  index: z.int().min(0),
  /** Milliseconds since 1970 by the coordinator's clock; never goes back. */
  logged_at: z.int().min(0),
  direction: z.enum(['sent', 'received']),
  wire_sha256: Digest,
  prev_entry_hash: Digest.nullable(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** What a log is worth. */
export type LogVerdict =
  /** Every entry stands under the signed checkpoint. */
  | { readonly state: 'ANCHORED'; readonly size: number }
  /** The chain holds, but nothing signed fixes the entries from index `from` on: they may be cut or rewritten. */
  | { readonly state: 'UNANCHORED'; readonly size: number; readonly from: number }
  /** The first entry that does not fit, or the first the checkpoint knows and the log lacks. */
  | { readonly state: 'BROKEN'; readonly index: number; readonly reason: string }
  /** The chain holds, but it is another log than the one that was signed. */
  | { readonly state: 'REWRITTEN'; readonly size: number };

/** The entry that follows `previous` (none: the first). */
export function nextEntry(
  previous: LogEntry | undefined,
  passed: Pick<LogEntry, 'logged_at' | 'direction' | 'wire_sha256'>,
): LogEntry {
  return {
    index: previous ? previous.index + 1 : 0,
    logged_at: passed.logged_at,
    direction: passed.direction,
    wire_sha256: passed.wire_sha256,
    prev_entry_hash: previous ? entryHash(previous) : null,
  };
}

/** The digest of an entry's canonical form: the next entry carries it. */
export function entryHash(entry: LogEntry): Digest {
  return digestOf(canonicalBytes(entry));
}

/** The RFC 6962 root over the canonical forms of the entries. */
export function logRoot(entries: readonly LogEntry[]): Uint8Array {
  return merkleRoot(entries.map((entry) => leafHash(canonicalBytes(entry))));
}

/** Judges a log by its own chain and by a checkpoint whose signature `openCheckpoint` has verified. */
export function judgeLog(entries: readonly LogEntry[], checkpoint?: Checkpoint): LogVerdict {
  const broken = firstBreak(entries);
  if (broken) return { state: 'BROKEN', ...broken };
  const size = entries.length;
  if (!checkpoint) return { state: 'UNANCHORED', size, from: 0 };
  if (checkpoint.size > size) {
    return { state: 'BROKEN', index: size, reason: `expected ${checkpoint.size} entries, got ${size}` };
  }
  const signed = entries.slice(0, checkpoint.size);
  if (!equalBytes(logRoot(signed), checkpoint.root)) return { state: 'REWRITTEN', size };
  return checkpoint.size === size ? { state: 'ANCHORED', size } : { state: 'UNANCHORED', size, from: checkpoint.size };
}

/** The log as NDJSON: one canonical entry a line, each line ended. */
export function logText(entries: readonly LogEntry[]): string {
  return entries.map((entry) => `${canonicalJson(entry)}\n`).join('');
}

/**
 * Reads the NDJSON of a log.
 * @throws ProtocolError `LOG_SHAPE` naming the line (1-based) that is not a canonical entry.
 */
export function parseLog(text: string): LogEntry[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.pop() !== '') throw shapeError(lines.length + 1, 'expected the last line to be ended, got it open');
  return lines.map((line, at) => {
    const entry = LogEntry.safeParse(parseLine(line, at + 1));
    if (!entry.success) throw shapeError(at + 1, `expected a log entry, got: ${entry.error.issues[0]?.message}`);
    if (canonicalJson(entry.data) !== line) throw shapeError(at + 1, 'expected canonical JSON, got another spelling');
    return entry.data;
  });
}

function firstBreak(entries: readonly LogEntry[]): { index: number; reason: string } | undefined {
  let previous: LogEntry | undefined;
  for (const [index, entry] of entries.entries()) {
    if (entry.index !== index) return { index, reason: `expected index ${index}, got ${entry.index}` };
    const expected = previous ? entryHash(previous) : null;
    if (entry.prev_entry_hash !== expected) {
      return { index, reason: `expected prev_entry_hash ${expected}, got ${entry.prev_entry_hash}` };
    }
    if (previous && entry.logged_at < previous.logged_at) {
      return { index, reason: `expected logged_at from ${previous.logged_at} on, got ${entry.logged_at}` };
    }
    previous = entry;
  }
  return undefined;
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw shapeError(number, 'expected JSON, got text that does not parse', cause);
  }
}

function shapeError(line: number, message: string, cause?: unknown): ProtocolError {
  return new ProtocolError('LOG_SHAPE', { message, where: `line ${line}`, cause });
}
