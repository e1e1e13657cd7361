import { describe, expect, test } from 'vitest';
import { canonicalBytes } from './canonical-bytes.ts';
import { checkpointSizes, firstOtherCheckpoint, prefixRoots } from './checkpoints.ts';
import { digestOf } from './hash.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { judgeLog, type LogEntry, logRoot, nextEntry } from './session-log.ts';

const log = chain(250);
const sizes = checkpointSizes(log.length);
const checkpoints = sizes.map((size) => ({ origin: 'o', size, root: logRoot(log.slice(0, size)) }));
const closing = { origin: 'o', size: 250, root: logRoot(log) };

test.each([
  [0, []],
  [100, []],
  [101, [100]],
  [200, [100]],
  [250, [100, 200]],
])('a log of %d entries was signed before its end at %j', (size, signed) => {
  expect(checkpointSizes(size)).toStrictEqual(signed);
});

test('the root at every size is that of RFC 6962 over as many entries', () => {
  const some = log.slice(0, 67);
  const leaves = some.map((entry) => leafHash(canonicalBytes(entry)));
  const all = leaves.map((_, index) => index + 1);

  expect([...prefixRoots(some, all)]).toStrictEqual(all.map((size) => [size, merkleRoot(leaves.slice(0, size))]));
});

test('the checkpoints of a log are of its beginnings', () => {
  expect(firstOtherCheckpoint(log, [...checkpoints, closing].toReversed())).toBeUndefined();
  expect(firstOtherCheckpoint(log, [])).toBeUndefined();
});

/* What each harm to a log is found by, alone, with the closing checkpoint, and with those before it (specification section 7). */
const rewrittenAt = (from: number): LogEntry[] =>
  chain(250, (index) => (index < from ? `wire ${index}` : `forged ${index}`));
const HARMS: [harm: string, entries: LogEntry[], alone: object, closed: object, bounded: object | undefined][] = [
  [
    'modified',
    log.with(130, { ...log[130]!, wire_sha256: digestOf('forged') }),
    { state: 'BROKEN', index: 131 },
    { state: 'BROKEN', index: 131 },
    { size: 200, signedUpTo: 100 },
  ],
  [
    'deleted',
    log.toSpliced(130, 1),
    { state: 'BROKEN', index: 130 },
    { state: 'BROKEN', index: 130 },
    { size: 200, signedUpTo: 100 },
  ],
  [
    'swapped',
    log.with(30, log[31]!).with(31, log[30]!),
    { state: 'BROKEN', index: 30 },
    { state: 'BROKEN', index: 30 },
    { size: 100, signedUpTo: 0 },
  ],
  [
    'inserted',
    log.toSpliced(130, 0, log[129]!),
    { state: 'BROKEN', index: 130 },
    { state: 'BROKEN', index: 130 },
    { size: 200, signedUpTo: 100 },
  ],
  [
    'cut at the tail',
    log.slice(0, 180),
    { state: 'UNANCHORED', from: 0 },
    { state: 'BROKEN', index: 180 },
    { size: 200, signedUpTo: 100 },
  ],
  [
    'cut at the tail after the last checkpoint before the end',
    log.slice(0, 230),
    { state: 'UNANCHORED', from: 0 },
    { state: 'BROKEN', index: 230 },
    undefined,
  ],
  [
    'rewritten from a point',
    rewrittenAt(130),
    { state: 'UNANCHORED', from: 0 },
    { state: 'REWRITTEN', size: 250 },
    { size: 200, signedUpTo: 100 },
  ],
  [
    'rewritten from a point after the last checkpoint before the end',
    rewrittenAt(220),
    { state: 'UNANCHORED', from: 0 },
    { state: 'REWRITTEN', size: 250 },
    undefined,
  ],
];

describe.each(HARMS)('a log %s', (...harm) => {
  const [, entries, alone, closed, bounded] = harm;

  test('is found by its chain, or not', () => {
    expect(judgeLog(entries)).toMatchObject(alone);
  });

  test('is found by the closing checkpoint', () => {
    expect(judgeLog(entries, closing)).toMatchObject(closed);
  });

  test('is bounded by the checkpoints before the end', () => {
    expect(firstOtherCheckpoint(entries, checkpoints)).toStrictEqual(bounded);
  });
});

function chain(size: number, wire: (index: number) => string = (index) => `wire ${index}`): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let index = 0; index < size; index += 1) {
    entries.push(
      nextEntry(entries.at(-1), { logged_at: 1000 + index, direction: 'sent', wire_sha256: digestOf(wire(index)) }),
    );
  }
  return entries;
}
