import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { isDiskFull } from './disk-full.ts';

/** What a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('SQLite without a page to spare is a full disk, and a statement it refuses is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aws-local-full-'));
  const sqlite = new DatabaseSync(join(folder, 'file'));
  sqlite.exec('CREATE TABLE t (v BLOB); PRAGMA max_page_count = 3');
  const full = thrownBy(() => sqlite.prepare('INSERT INTO t VALUES (zeroblob(100000))').run());
  const refused = thrownBy(() => sqlite.exec('CREATE TABLE t (v BLOB)'));
  sqlite.close();
  rmSync(folder, { recursive: true });

  expect([isDiskFull(full), isDiskFull(refused)]).toStrictEqual([true, false]);
  expect(isDiskFull(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))).toBe(true);
});
