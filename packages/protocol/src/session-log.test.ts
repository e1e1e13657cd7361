import { expect, test } from 'vitest';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { digestOf } from './hash.ts';
import { type LogEntry, judgeLog, logRoot, logText, nextEntry, parseLog } from './session-log.ts';
import { aSwarm, codeOf } from './testing/index.ts';

const { signer } = aSwarm().agents.coordinator;
const ORIGIN = 'infrafabric/test/s-1';

const log = chain(10);
const checkpointOf = (entries: readonly LogEntry[]) =>
  openCheckpoint(signCheckpoint({ origin: ORIGIN, size: entries.length, root: logRoot(entries) }, signer), ORIGIN, [
    signer.publicKey,
  ]);
const anchor = checkpointOf(log);

test('a whole log under its checkpoint is anchored; without one it is not', () => {
  expect(judgeLog(log, anchor)).toStrictEqual({ state: 'ANCHORED', size: 10 });
  expect(judgeLog(log)).toStrictEqual({ state: 'UNANCHORED', size: 10, from: 0 });
  expect(judgeLog(chain(12), checkpointOf(chain(9)))).toStrictEqual({ state: 'UNANCHORED', size: 12, from: 9 });
});

test.each([
  ['modified', log.with(3, { ...log[3]!, wire_sha256: digestOf('forged') }), 4],
  ['deleted', log.toSpliced(3, 1), 3],
  ['swapped', log.with(3, log[4]!).with(4, log[3]!), 3],
  ['inserted', log.toSpliced(3, 0, log[3]!), 4],
  ['cut at the head', log.slice(1), 0],
  ['numbered wrong', [...log, { ...nextEntry(log[9], log[9]!), index: 11 }], 10],
  ['moved back in time', log.with(9, { ...log[9]!, logged_at: 0 }), 9],
])('an entry %s is found by the chain, at its place', (_, entries, index) => {
  expect(judgeLog(entries)).toMatchObject({ state: 'BROKEN', index });
});

test('a log cut at its end or rewritten from a point on is found only by the checkpoint', () => {
  const cut = log.slice(0, 7);
  const rewritten = chain(10, (index) => (index < 5 ? `wire ${index}` : `forged ${index}`));

  expect([judgeLog(cut), judgeLog(rewritten)].map(({ state }) => state)).toStrictEqual(['UNANCHORED', 'UNANCHORED']);
  expect(judgeLog(cut, anchor)).toStrictEqual({ state: 'BROKEN', index: 7, reason: 'expected 10 entries, got 7' });
  expect(judgeLog(rewritten, anchor)).toStrictEqual({ state: 'REWRITTEN', size: 10 });
});

test('a log is read back from its text', () => {
  expect(parseLog(logText(log))).toStrictEqual(log);
  expect(parseLog('')).toStrictEqual([]);
});

test.each([
  ['an open last line', logText(log).slice(0, -1), 'line 10'],
  ['an empty line', `${logText(log)}\n`, 'line 11'],
  ['another spelling', logText(log).replace('"index":1,', '"index": 1,'), 'line 2'],
  ['an unknown member', logText(log).replace('{', '{"a":1,'), 'line 1'],
])('a text with %s is refused at its line', (_, text, where) => {
  expect(() => parseLog(text)).toThrow(expect.objectContaining({ code: 'LOG_SHAPE', where }));
});

test('an empty log has the root of nothing', () => {
  expect(codeOf(() => checkpointOf([]))).toBe('no error');
  expect(judgeLog([], checkpointOf([]))).toStrictEqual({ state: 'ANCHORED', size: 0 });
});

function chain(size: number, wire: (index: number) => string = (index) => `wire ${index}`): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let index = 0; index < size; index += 1) {
    const direction = index % 2 === 0 ? 'sent' : 'received';
    entries.push(nextEntry(entries.at(-1), { logged_at: 1000 + index, direction, wire_sha256: digestOf(wire(index)) }));
  }
  return entries;
}
