import { opendir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CollectError } from '../errors.ts';
import { fileError } from './file-error.ts';
import { identify } from './file-kind.ts';
import { type AnswerName, type Place, answerName, folderPlace, isDocumentation, printableName } from './file-name.ts';
import type { EstateLimits } from './limits.ts';

/** One file of an estate that we know how to read: where it is, what it is called, and what its name says. */
export interface EstateEntry {
  readonly kind: 'answer' | 'metrics' | 'requests';
  /** Path inside the estate, POSIX separators. */
  readonly name: string;
  /** Absolute path with links resolved; for opening only, never printed. */
  readonly path: string;
  readonly bytes: number;
  readonly place: Place;
  readonly answer?: AnswerName;
}

/** What a directory holds, before any of it is opened; both lists are sorted by name. */
export interface EstateTree {
  readonly entries: readonly EstateEntry[];
  readonly unused: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Walks an estate directory by names, kinds and sizes only.
 *
 * @throws CollectError `INPUT_NOT_FOUND`, `INPUT_NOT_REGULAR` (not a directory; a FIFO, device or socket inside),
 *   `INPUT_UNREADABLE`, `INPUT_OUTSIDE` (a link that leads out), `INPUT_EMPTY`, `INPUT_TOO_LARGE`, `INPUT_TOO_MANY`.
 */
export async function walkEstate(directory: string, limits: EstateLimits): Promise<EstateTree> {
  const label = printableName(basename(directory));
  const root = await rootOf(directory, label);
  const walk: Walk = { root, label, limits, entries: [], unused: [], files: 0, bytes: 0 };
  await walkFolder(walk, '', {});
  return { entries: walk.entries.sort(byName), unused: walk.unused.sort(byName) };
}

interface Walk {
  readonly root: string;
  readonly label: string;
  readonly limits: EstateLimits;
  readonly entries: EstateEntry[];
  readonly unused: { name: string; reason: string }[];
  files: number;
  bytes: number;
}

async function rootOf(directory: string, label: string): Promise<string> {
  try {
    const root = await realpath(directory);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    throw fileError(error, label);
  }
  throw new CollectError('INPUT_NOT_REGULAR', {
    message: 'expected an estate directory, got something else',
    where: label,
    fix: 'name the directory that holds the region folders; a bill goes to --bill',
  });
}

async function walkFolder(walk: Walk, folder: string, place: Place): Promise<void> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(join(walk.root, folder))) {
      countFile(walk);
      names.push(entry.name);
    }
  } catch (error) {
    throw fileError(error, folder === '' ? walk.label : printableName(folder));
  }
  for (const basename of names.sort()) await visit(walk, { folder, basename, place });
}

interface Visit {
  readonly folder: string;
  readonly basename: string;
  readonly place: Place;
}

async function visit(walk: Walk, { folder, basename, place }: Visit): Promise<void> {
  const name = folder === '' ? basename : `${folder}/${basename}`;
  const found = await identify(walk.root, name);
  if (found.kind === 'folder') {
    const inner = folderPlace(place, basename);
    if (inner === undefined) skip(walk, `${name}/`, 'not an account or region folder');
    else if (found.linked) skip(walk, `${name}/`, 'a link to a folder');
    else await walkFolder(walk, name, inner);
    return;
  }
  if (isDocumentation(basename)) return;
  const entry = entryOf({ name, basename, place, path: found.path, bytes: found.bytes });
  if (typeof entry === 'string') skip(walk, name, entry);
  else keep(walk, entry);
}

/** The entry a file makes, or the reason why it is not used. */
function entryOf(file: {
  name: string;
  basename: string;
  place: Place;
  path: string;
  bytes: number;
}): EstateEntry | string {
  const { basename, ...rest } = file;
  if (basename === 'metrics.ndjson') return { kind: 'metrics', ...rest };
  if (basename === 'requests.ndjson') return { kind: 'requests', ...rest };
  const answer = answerName(basename);
  if (answer === undefined) return 'not named <client>.<Operation>.json';
  if (file.place.region === undefined) return 'not in a region folder';
  return { kind: 'answer', answer, ...rest };
}

function keep(walk: Walk, entry: EstateEntry): void {
  const limit = entry.kind === 'metrics' ? walk.limits.maxMetricsBytes : walk.limits.maxFileBytes;
  if (entry.bytes > limit) throw tooLarge(entry.name, `${limit} bytes`, `${entry.bytes}`);
  if (entry.bytes === 0) throw emptyFile(entry.name);
  walk.bytes += entry.bytes;
  if (walk.bytes > walk.limits.maxTotalBytes) {
    throw tooLarge(walk.label, `${walk.limits.maxTotalBytes} bytes in all`, 'more');
  }
  walk.entries.push(entry);
}

function skip(walk: Walk, name: string, reason: string): void {
  walk.unused.push({ name: printableName(name), reason });
}

function countFile(walk: Walk): void {
  walk.files += 1;
  if (walk.files <= walk.limits.maxFiles) return;
  throw new CollectError('INPUT_TOO_MANY', {
    message: `expected at most ${walk.limits.maxFiles} files, got more`,
    where: walk.label,
    fix: 'split the estate by account',
  });
}

function emptyFile(name: string): CollectError {
  return new CollectError('INPUT_EMPTY', {
    message: 'expected JSON, got an empty file',
    where: name,
    fix: 'collect the file again; an empty file often means a command that failed',
  });
}

function tooLarge(where: string, limit: string, got: string): CollectError {
  return new CollectError('INPUT_TOO_LARGE', {
    message: `expected at most ${limit}, got ${got}`,
    where,
    fix: 'split the file, or the estate by account',
  });
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : Number(a.name > b.name));
