import { opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CollectError } from '../errors.ts';
import { printableName } from '../estate/file-name.ts';
import { type FoundBill, notRegular, openError } from './bill-file.ts';
import { type ExportFile, currentFiles } from './current-files.ts';

/** The files a path stands for, in order of their names, and the files below it that are not part of the bill. */
export interface FoundBills {
  readonly files: readonly FoundBill[];
  readonly unused: readonly { readonly name: string; readonly reason: string }[];
}

/** More files, or deeper folders, than any export has. */
const LIMITS = { files: 20_000, depth: 12 } as const;

/**
 * The bill files that a path stands for: the file itself, or those in a folder.
 *
 * Of an export of AWS (Data Exports or a Cost and Usage Report with its manifests) only the latest snapshot of each billing
 * period counts. The order in which a file system lists a folder changes nothing.
 * @throws CollectError `INPUT_NOT_FOUND`, `INPUT_NOT_REGULAR`, `INPUT_UNREADABLE`, `INPUT_TOO_MANY`, and those of `currentFiles`.
 */
export async function findBills(path: string): Promise<FoundBills> {
  const name = printableName(basename(path));
  const isFolder = await folderOrFile(path, name);
  if (!isFolder) return { files: [{ path, name }], unused: [] };
  const walk: Walk = { label: name, files: [], unused: [] };
  await walkFolder(walk, { path, name: '', depth: 0 });
  walk.files.sort(byName);
  const current = await currentFiles(walk.files, name);
  if (current.files.length === 0) {
    throw new CollectError('INPUT_EMPTY', {
      message: 'expected CSV, CSV.gz, zip or Parquet files, got a folder without any',
      where: name,
      fix: 'name the folder that holds the export',
    });
  }
  return { files: current.files, unused: [...walk.unused, ...current.unused].sort(byName) };
}

interface Walk {
  readonly label: string;
  readonly files: ExportFile[];
  readonly unused: { name: string; reason: string }[];
}

async function folderOrFile(path: string, name: string): Promise<boolean> {
  try {
    const stats = await stat(path);
    if (stats.isFile() || stats.isDirectory()) return stats.isDirectory();
  } catch (error) {
    throw openError(error, name);
  }
  throw notRegular(name);
}

interface Folder {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
}

async function walkFolder(walk: Walk, folder: Folder): Promise<void> {
  if (folder.depth > LIMITS.depth) throw tooMany(walk.label, `folders at most ${LIMITS.depth} deep`);
  for await (const entry of await opened(folder, walk.label)) {
    const name = folder.name === '' ? entry.name : `${folder.name}/${entry.name}`;
    const path = join(folder.path, entry.name);
    if (entry.name.startsWith('.')) walk.unused.push({ name: printableName(name), reason: 'a hidden file' });
    else if (entry.isSymbolicLink()) walk.unused.push({ name: printableName(name), reason: 'a link' });
    else if (entry.isDirectory()) await walkFolder(walk, { path, name, depth: folder.depth + 1 });
    else if (entry.isFile()) walk.files.push({ path, name });
    else throw notRegular(printableName(name));
    if (walk.files.length > LIMITS.files) throw tooMany(walk.label, `at most ${LIMITS.files} files`);
  }
}

async function opened(folder: Folder, label: string): Promise<Awaited<ReturnType<typeof opendir>>> {
  try {
    return await opendir(folder.path);
  } catch (error) {
    throw openError(error, folder.name === '' ? label : printableName(folder.name));
  }
}

function tooMany(name: string, limit: string): CollectError {
  return new CollectError('INPUT_TOO_MANY', {
    message: `expected ${limit}, got more`,
    where: name,
    fix: 'name the folder of one export',
  });
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
