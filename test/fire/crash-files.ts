import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { CrashPoint, Operation } from './operations.ts';

/** A folder that is being filled beside the report it will replace. */
const DRAFT = /\/\.infrafabric-[^/]+(\.old)?$/;

/** Calls `passing` around every file of a report that is written, and around each move that puts a report in its place. */
export function onFiles(passing: (at: CrashPoint) => void, done: (operation: Operation) => void): void {
  const around = <Result>(operation: Operation, act: () => Result): Result => {
    passing(`${operation}.before`);
    const result = act();
    done(operation);
    passing(`${operation}.after`);
    return result;
  };
  const { writeFileSync, renameSync } = fs;
  fs.writeFileSync = (file, ...rest) => {
    const write = (): void => writeFileSync(file, ...rest);
    return isInDraft(file) ? around('report.write', write) : write();
  };
  fs.renameSync = (from, to) => {
    const move = (): void => renameSync(from, to);
    return DRAFT.test(String(from)) || DRAFT.test(String(to)) ? around('report.swap', move) : move();
  };
  syncBuiltinESMExports();
}

const isInDraft = (file: unknown): boolean => typeof file === 'string' && file.includes('/.infrafabric-');
