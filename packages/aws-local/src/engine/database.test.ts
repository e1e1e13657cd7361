import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { Database } from './database.ts';

const made = (): { sqlite: DatabaseSync; db: Database } => {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec('CREATE TABLE t (v TEXT UNIQUE)');
  return { sqlite, db: new Database(sqlite) };
};

test('writes of one turn share a commit and are answered after it', async () => {
  const { sqlite, db } = made();
  const answers = ['a', 'b', 'c'].map((v) =>
    db.write(() => db.run('INSERT INTO t VALUES (?)', v)).then(() => sqlite.isTransaction),
  );
  expect(sqlite.isTransaction).toBe(true);
  expect(await Promise.all(answers)).toStrictEqual([false, false, false]);
});

test('a write that fails undoes its own change and no other', async () => {
  const { db } = made();
  let resets = 0;
  db.onUndo(() => (resets += 1));
  const add = (v: string, fail: boolean): Promise<void> =>
    db.write(() => {
      db.run('INSERT INTO t VALUES (?)', v);
      if (fail) throw new Error('refused');
    });
  const settled = await Promise.allSettled([add('a', false), add('b', true), add('c', false)]);
  expect(settled.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(db.all<{ v: string }>('SELECT v FROM t ORDER BY v').map(({ v }) => v)).toStrictEqual(['a', 'c']);
  expect(resets).toBe(1);
});

test('a commit that fails fails every write of its turn, and the next turn works', async () => {
  const { sqlite, db } = made();
  sqlite.exec('PRAGMA foreign_keys = ON; CREATE TABLE child (v TEXT REFERENCES t (v) DEFERRABLE INITIALLY DEFERRED)');
  const good = db.write(() => db.run("INSERT INTO t VALUES ('a')"));
  const bad = db.write(() => db.run("INSERT INTO child VALUES ('nobody')"));
  const read = db.read(() => db.all('SELECT v FROM t'));
  const settled = await Promise.allSettled([good, bad, read]);
  expect(settled.map(({ status }) => status)).toStrictEqual(['rejected', 'rejected', 'rejected']);
  await db.write(() => db.run("INSERT INTO t VALUES ('b')"));
  expect(db.all<{ v: string }>('SELECT v FROM t').map(({ v }) => v)).toStrictEqual(['b']);
});

test('a read that may have seen an open change is answered with its commit', async () => {
  const { sqlite, db } = made();
  const write = db.write(() => db.run("INSERT INTO t VALUES ('a')"));
  const read = db.read(() => db.all('SELECT v FROM t').length).then((rows) => [rows, sqlite.isTransaction]);
  expect(await read).toStrictEqual([1, false]);
  await write;
});

test('closing commits what is open, and what comes later is refused', async () => {
  const { db } = made();
  const write = db.write(() => db.run("INSERT INTO t VALUES ('a')"));
  db.close();
  await expect(write).resolves.toBe(1);
  await expect(db.write(() => 1)).rejects.toMatchObject({ code: 'CLOSED' });
  await expect(db.read(() => db.all('SELECT v FROM t'))).rejects.toMatchObject({ code: 'CLOSED' });
});
