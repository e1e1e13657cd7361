import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Lock, acquireLock } from './lock.ts';

const directory = mkdtempSync(join(tmpdir(), 'aws-local-lock-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('a directory has one owner at a time, each with a boot id of its own', () => {
  const first = taken();
  expect(acquireLock(directory)).toStrictEqual({ heldBy: { pid: process.pid, bootId: first.bootId } });
  first.release();
  const second = taken();
  expect(second.previous).toStrictEqual({ pid: process.pid, bootId: first.bootId });
  expect(second.bootId).not.toBe(first.bootId);
  second.release();
});

test('the name of an owner that is gone, or of none, does not stand in the way', () => {
  for (const text of ['{"pid":1,"bootId":"stale"}', '{"pid":', '[]', '']) {
    writeFileSync(join(directory, 'lock'), text);
    const lock = taken();
    expect(lock.previous).toStrictEqual(text.includes('stale') ? { pid: 1, bootId: 'stale' } : undefined);
    lock.release();
  }
});

test('a directory that is not there is refused', () => {
  expect(() => acquireLock(join(directory, 'none'))).toThrow(expect.objectContaining({ code: 'FILE_UNUSABLE' }));
});

function taken(): Lock {
  const lock = acquireLock(directory);
  if ('heldBy' in lock) throw new Error('expected a free directory');
  return lock;
}
