import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PATHS } from '@infrafabric/report';
import { RuntimeError } from './errors.ts';

/** Refuses a folder that holds anything but an InfraFabric report, before any work is done. @throws RuntimeError `OUT_NOT_EMPTY`. */
export function refuseForeignFolder(out: string): void {
  if (!existsSync(out)) return;
  const foreign =
    !statSync(out).isDirectory() || (readdirSync(out).length > 0 && !existsSync(join(out, PATHS.manifest)));
  if (!foreign) return;
  throw new RuntimeError('OUT_NOT_EMPTY', {
    message: 'expected a folder that is absent, empty or an InfraFabric report, got something else',
    where: out,
    fix: 'choose another --out; nothing was changed',
  });
}

/** A folder that is being filled, beside the one it will replace. */
export interface Draft {
  readonly path: string;
  /** Writes a file below it; folders are made as needed. */
  readonly write: (path: string, bytes: Uint8Array) => void;
}

/**
 * Puts a filled draft in place of a folder: written beside it first, then moved, so a reader sees the old report or the new one.
 *
 * What `fill` throws leaves the folder as it was and the draft removed.
 * @throws RuntimeError `OUT_NOT_EMPTY`, `OUT_NOT_WRITABLE`, `DISK_FULL`; the folder is then as it was.
 */
export async function replaceFolder<T>(out: string, fill: (draft: Draft) => Promise<T>): Promise<T> {
  refuseForeignFolder(out);
  const target = resolve(out);
  const draft = makeDraft(target);
  try {
    const filled = await fill({ path: draft, write: (path, bytes) => writeBelow(draft, path, bytes) });
    refuseForeignFolder(out);
    swap(draft, target);
    return filled;
  } catch (error) {
    throw writeError(error, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function writeBelow(draft: string, path: string, bytes: Uint8Array): void {
  const file = join(draft, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

function makeDraft(target: string): string {
  try {
    mkdirSync(dirname(target), { recursive: true });
    return mkdtempSync(join(dirname(target), '.infrafabric-'));
  } catch (error) {
    throw writeError(error, target);
  }
}

/** Moves the draft into place; another process that puts its own there at the same moment is overtaken. */
function swap(draft: string, target: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      swapOnce(draft, target, `${draft}.${tries}.old`);
      return;
    } catch (error) {
      if (tries === MOST_SWAPS || !isOvertaken(error)) throw error;
    }
  }
}

const MOST_SWAPS = 10;

const isOvertaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(String(error.code));

function swapOnce(draft: string, target: string, old: string): void {
  if (existsSync(target)) renameSync(target, old);
  try {
    renameSync(draft, target);
  } catch (error) {
    if (existsSync(old) && !existsSync(target)) renameSync(old, target);
    throw error;
  } finally {
    if (existsSync(target)) rmSync(old, { recursive: true, force: true });
  }
}

function writeError(error: unknown, target: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new RuntimeError('DISK_FULL', { message: 'the disk is full; no report was written', where: target });
  }
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EBUSY'].includes(code)) return error;
  return new RuntimeError('OUT_NOT_WRITABLE', {
    message: `expected a folder that can be written, got ${code}`,
    where: target,
    fix: 'choose another --out',
    cause: error,
  });
}
