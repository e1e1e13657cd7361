import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { Database } from './database.ts';
import type { Disk } from './disk.ts';

const made = (disk?: Disk): { sqlite: DatabaseSync; db: Database } => {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec('CREATE TABLE t (v TEXT UNIQUE)');
  return { sqlite, db: new Database(sqlite, disk) };
};

/** A disk whose syncs end when the test says so. */
function slowDisk() {
  const syncs: PromiseWithResolvers<void>[] = [];
  let syncedNow = 0;
  const disk: Disk = {
    sync() {
      const sync = Promise.withResolvers<void>();
      syncs.push(sync);
      return sync.promise;
    },
    syncNow: () => void (syncedNow += 1),
    close: () => undefined,
  };
  return { disk, syncs, syncedNow: () => syncedNow };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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

/** Notes in `log` when something settles. */
const noted = (log: string[], name: string, promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => log.push(name),
    () => log.push(`${name} failed`),
  );

test('an answer waits for the disk, and so does a read that may have seen the change', async () => {
  const { disk, syncs } = slowDisk();
  const { db } = made(disk);
  const log: string[] = [];
  const write = noted(
    log,
    'write',
    db.write(() => db.run("INSERT INTO t VALUES ('a')")),
  );
  await turn();
  const read = noted(
    log,
    'read',
    db.read(() => db.all('SELECT v FROM t')),
  );
  await turn();
  expect([syncs.length, log]).toStrictEqual([1, []]);
  syncs[0]?.resolve();
  await Promise.all([write, read]);
  expect(log).toStrictEqual(['write', 'read']);
  expect(await db.read(() => db.all('SELECT v FROM t').length)).toBe(1);
});

test('what comes while a sync is under way shares the next one', async () => {
  const { disk, syncs } = slowDisk();
  const { sqlite, db } = made(disk);
  const log: string[] = [];
  const add = (v: string): Promise<unknown> =>
    noted(
      log,
      v,
      db.write(() => db.run('INSERT INTO t VALUES (?)', v)),
    );
  const first = add('a');
  await turn();
  const later = [add('b')];
  await turn();
  later.push(add('c'));
  await turn();
  expect([syncs.length, sqlite.isTransaction]).toStrictEqual([1, true]);
  syncs[0]?.resolve();
  await first;
  await turn();
  expect([syncs.length, log]).toStrictEqual([2, ['a']]);
  syncs[1]?.resolve();
  await Promise.all(later);
  expect(log).toStrictEqual(['a', 'b', 'c']);
});

test('a sync that fails fails what it carried and everything after it', async () => {
  const { disk, syncs } = slowDisk();
  const { db } = made(disk);
  const first = db.write(() => db.run("INSERT INTO t VALUES ('a')"));
  await turn();
  const second = db.write(() => db.run("INSERT INTO t VALUES ('b')"));
  syncs[0]?.reject(new Error('EIO'));
  const settled = await Promise.allSettled([first, second, db.read(() => db.all('SELECT v FROM t'))]);
  expect(settled.map(({ status }) => status)).toStrictEqual(['rejected', 'rejected', 'rejected']);
  await expect(db.write(() => db.run("INSERT INTO t VALUES ('c')"))).rejects.toThrow('EIO');
  db.close();
});

test('closing waits for the disk and answers what was on its way', async () => {
  const { disk, syncs, syncedNow } = slowDisk();
  const { db } = made(disk);
  const first = db.write(() => db.run("INSERT INTO t VALUES ('a')"));
  await turn();
  const second = db.write(() => db.run("INSERT INTO t VALUES ('b')"));
  db.close();
  expect(await Promise.all([first, second])).toStrictEqual([1, 1]);
  expect([syncs.length, syncedNow()]).toStrictEqual([1, 1]);
  syncs[0]?.resolve();
  await turn();
});
