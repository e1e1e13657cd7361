import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { CollectError } from '../errors.ts';
import { fileError } from './file-error.ts';
import { printableName } from './file-name.ts';

/** What stands under a name: a folder, or a file with its real path and size. */
export type Found =
  | { readonly kind: 'folder'; readonly linked: boolean }
  | { readonly kind: 'file'; readonly path: string; readonly bytes: number };

/**
 * Looks at one name inside `root` (a real path) without opening it; a link is followed only to a target inside `root`.
 *
 * @throws CollectError `INPUT_OUTSIDE`, `INPUT_NOT_REGULAR`, `INPUT_NOT_FOUND` (a link to nothing), `INPUT_UNREADABLE`.
 */
export async function identify(root: string, name: string): Promise<Found> {
  const path = join(root, name);
  try {
    const own = await lstat(path);
    const target = own.isSymbolicLink() ? await targetInside(root, name) : path;
    const stats = own.isSymbolicLink() ? await lstat(target) : own;
    if (stats.isDirectory()) return { kind: 'folder', linked: own.isSymbolicLink() };
    if (stats.isFile()) return { kind: 'file', path: target, bytes: stats.size };
  } catch (error) {
    throw fileError(error, printableName(name));
  }
  throw new CollectError('INPUT_NOT_REGULAR', {
    message: 'expected a file, got a FIFO, device or socket',
    where: printableName(name),
    fix: 'remove it from the estate directory',
  });
}

async function targetInside(root: string, name: string): Promise<string> {
  const target = await realpath(join(root, name));
  const way = relative(root, target);
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return target;
  throw new CollectError('INPUT_OUTSIDE', {
    message: 'expected a file of the estate directory, got a link that leads out of it',
    where: printableName(name),
    fix: 'copy the file into the directory, or remove the link',
  });
}
