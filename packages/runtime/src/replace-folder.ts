import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ReportFiles } from '@infrafabric/report';
import { PATHS } from '@infrafabric/report';
import { RuntimeError } from './errors.ts';

/** Refuses a folder that holds anything but an InfraFabric report, before any work is done. @throws RuntimeError `OUT_NOT_EMPTY`. */
export function refuseForeignFolder(out: string): void {
  if (!existsSync(out)) return;
  const foreign =
    !statSync(out).isDirectory() || (readdirSync(out).length > 0 && !existsSync(join(out, PATHS.manifest)));
  if (!foreign) return;
  throw new RuntimeError('OUT_NOT_EMPTY', {
    message: 'the folder holds something that is not an InfraFabric report',
    where: out,
    fix: 'choose another --out',
  });
}

/** Puts files in place of a folder: written beside it first, then moved, so a reader sees the old report or the new one. */
export function replaceFolder(out: string, files: ReportFiles): void {
  refuseForeignFolder(out);
  const target = resolve(out);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), '.infrafabric-'));
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), bytes);
    }
    swap(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function swap(draft: string, target: string): void {
  const old = `${draft}.old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(draft, target);
  rmSync(old, { recursive: true, force: true });
}
