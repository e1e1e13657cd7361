import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from './open.ts';

const directory = mkdtempSync(join(tmpdir(), 'aws-local-open-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('the file is private and in WAL mode, and its log is there to be synced', async () => {
  const file = join(directory, 'fresh.db');
  const db = openDatabase(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(db.get('PRAGMA synchronous')).toMatchObject({ synchronous: 1 });
  expect(db.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
  await db.write(() => db.run("INSERT INTO bucket VALUES ('b', 0)"));
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  db.close();
  openDatabase(file).close();
});

test('a file that is open is refused, with nobody between', () => {
  const file = join(directory, 'held.db');
  const db = openDatabase(file);
  expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'LOCKED', where: file }));
  db.close();
});

test('a file of a later release is refused', () => {
  const file = join(directory, 'newer.db');
  openDatabase(file).close();
  alter(file, 'PRAGMA user_version = 999');
  expect(() => openDatabase(file)).toThrow(
    expect.objectContaining({ code: 'SCHEMA_NEWER', message: expect.stringContaining('got 999') }),
  );
});

test('a database that is not ours is refused and left as it was', () => {
  const file = join(directory, 'foreign.db');
  alter(file, 'CREATE TABLE theirs (v)');
  expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'FILE_UNUSABLE' }));
  const sqlite = new DatabaseSync(file);
  expect(sqlite.prepare('SELECT name FROM sqlite_schema').all()).toMatchObject([{ name: 'theirs' }]);
  sqlite.close();
});

test.for([
  ['no database', join(directory, 'text.db')],
  ['no directory', join(directory, 'none', 'a.db')],
] as const)('a path with %s is refused', ([what, file]) => {
  if (what === 'no database') writeFileSync(file, 'not a database, but long enough to have a header '.repeat(50));
  expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'FILE_UNUSABLE', where: file }));
});

function alter(file: string, sql: string): void {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(sql);
  sqlite.close();
}
