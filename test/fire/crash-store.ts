import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { CrashPoint } from './operations.ts';

/** Calls `passing` around every commit of the embedded AWS that this process owns, and around its way to the disk. */
export function onCommits(passing: (at: CrashPoint) => void): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the database it is asked of
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function prepareAndTell(sql: string): StatementSync {
    const statement = prepare.call(this, sql);
    if (sql !== 'COMMIT') return statement;
    const run = statement.run.bind(statement);
    statement.run = () => {
      passing('store.commit.before');
      const changes = run();
      passing('store.commit.after');
      return changes;
    };
    return statement;
  };
  const { fdatasync } = fs;
  const syncAndTell: typeof fdatasync = Object.assign((fd: number, done: fs.NoParamCallback) => {
    passing('store.sync.before');
    fdatasync(fd, (error) => {
      passing('store.sync.after');
      done(error);
    });
  }, fdatasync);
  fs.fdatasync = syncAndTell;
  syncBuiltinESMExports();
}
