import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Entry, ZipFile } from 'yauzl';
import { CollectError } from '../errors.ts';
import { GZIP_LIMITS } from '../gunzip.ts';
import { ARCHIVE_NAME, leadsOut, openZip, truncatedZip } from '../zip.ts';
import { folderPlace } from './file-name.ts';
import { ESTATE_LIMITS } from './limits.ts';

/** A zip of an estate directory, and what to call it. */
export interface ZippedEstate {
  readonly path: string;
  readonly name: string;
  /** Length of the zip. */
  readonly bytes: number;
}

/** What a zip of an estate may hold. */
export interface ArchiveLimits {
  readonly maxMembers: number;
  readonly maxBytes: number;
  /** Bytes that come out for each byte of the zip. */
  readonly maxRatio: number;
  /** Folders inside each other. */
  readonly maxFolders: number;
}

/** The limits of a run; an estate directory has two levels of folders, and the folder it was zipped with may stand around them. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  maxMembers: ESTATE_LIMITS.maxFiles,
  maxBytes: 2 * 1024 ** 3,
  maxRatio: GZIP_LIMITS.maxRatio,
  maxFolders: 4,
};

/**
 * Unpacks an estate directory into an empty folder and answers where the estate is: there, or in the one folder it was zipped with.
 *
 * Every name and size is judged before the first file is written; what comes out is counted besides.
 * @throws CollectError `ARCHIVE_UNSAFE` for a name that leads out, a link, an archive inside, folders too deep, two members of
 *   one name or an encrypted one; `INPUT_TOO_MANY`; `INPUT_DECOMPRESSED_TOO_LARGE`; `INPUT_TRUNCATED`.
 */
export async function unpackEstate(
  from: ZippedEstate,
  folder: string,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<string> {
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(from.path);
    const members = await membersOf(zip, from.name, limits);
    const counter = counterOf(from, limits);
    counter.add(members.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0));
    counter.reset();
    for (const member of members) await unpack(zip, member, { folder, counter });
    return join(folder, wrapperOf(members) ?? '');
  } catch (error) {
    throw refusalOf(error, from.name);
  } finally {
    zip?.close();
  }
}

async function membersOf(zip: ZipFile, name: string, limits: ArchiveLimits): Promise<Entry[]> {
  const members: Entry[] = [];
  let seen = 0;
  for await (const entry of zip.eachEntry()) {
    if ((seen += 1) > limits.maxMembers) throw tooMany(name, limits.maxMembers);
    if (isNoise(entry.fileName) || entry.fileName.endsWith('/')) continue;
    const defect = defectOf(entry, limits);
    if (defect !== undefined) throw unsafe(name, defect);
    members.push(entry);
  }
  return members;
}

/** What the Finder of macOS adds to every zip. */
const isNoise = (name: string): boolean => name.startsWith('__MACOSX/') || /(^|\/)\.DS_Store$/.test(name);

function defectOf(entry: Entry, { maxFolders }: ArchiveLimits): string | undefined {
  const parts = entry.fileName.split('/');
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (!parts.every((part) => NAME.test(part))) return 'a member whose name leads out of it or cannot be a file';
  if (parts.length - 1 > maxFolders) return `more than ${maxFolders} folders inside each other`;
  if (type !== 0 && type !== REGULAR) return 'a member that is a link or a device';
  if (ARCHIVE_NAME.test(entry.fileName)) return 'an archive inside it';
  if (entry.isEncrypted() || !entry.canDecodeFileData())
    return 'a member that is encrypted or packed in a way we do not read';
  return undefined;
}

/** One part of a path: no separator, no control character, and neither `.` nor `..`. */
const NAME = /^(?!\.{1,2}$)[^\p{C}/\\]{1,200}$/u;

/** Bits of a file's mode that say what it is, and those of a file (POSIX sys/stat.h); zip keeps the mode in the upper half. */
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;

/** The folder an estate was zipped with: all is in it, and it is neither an account nor a region. */
function wrapperOf(members: readonly Entry[]): string | undefined {
  const first = members[0]?.fileName.split('/')[0] ?? '';
  const isAround = members.every(({ fileName }) => fileName.startsWith(`${first}/`));
  return first !== '' && isAround && folderPlace({}, first) === undefined ? first : undefined;
}

interface Counter {
  /** @throws CollectError `INPUT_DECOMPRESSED_TOO_LARGE`. */
  readonly add: (bytes: number) => void;
  readonly reset: () => void;
}

function counterOf({ name, bytes }: ZippedEstate, { maxBytes, maxRatio }: ArchiveLimits): Counter {
  const limit = Math.min(maxBytes, bytes * maxRatio);
  let total = 0;
  return {
    add: (more) => {
      total += more;
      if (total <= limit) return;
      throw new CollectError('INPUT_DECOMPRESSED_TOO_LARGE', {
        message: `expected at most ${limit} bytes inside ${bytes} bytes of zip (${maxRatio} to 1), got more`,
        where: name,
        fix: 'split the estate by account',
      });
    },
    reset: () => (total = 0),
  };
}

interface Unpacking {
  readonly folder: string;
  readonly counter: Counter;
}

async function unpack(zip: ZipFile, member: Entry, { folder, counter }: Unpacking): Promise<void> {
  const path = join(folder, member.fileName);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const counted = async function* (blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const block of blocks) {
      counter.add(block.length);
      yield block;
    }
  };
  const source = await zip.openReadStreamPromise(member);
  await pipeline(source, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}

/** Errors of yauzl and zlib are damage; those of the file system are two members of one name, or not about the zip at all. */
function refusalOf(error: unknown, name: string): unknown {
  if (error instanceof CollectError) return error;
  if (leadsOut(error)) return unsafe(name, 'a member whose name leads out of it', error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(EEXIST|ENOTDIR|EISDIR)$/.test(code)) return unsafe(name, 'two members of one name', error);
  return /^E[A-Z]+$/.test(code) ? error : truncatedZip(name, error);
}

function tooMany(where: string, maxMembers: number): CollectError {
  return new CollectError('INPUT_TOO_MANY', {
    message: `expected at most ${maxMembers} members, got more`,
    where,
    fix: 'split the estate by account',
  });
}

function unsafe(where: string, got: string, cause?: unknown): CollectError {
  return new CollectError('ARCHIVE_UNSAFE', {
    message: `expected a zip of an estate directory, got ${got}`,
    where,
    fix: 'zip the directory itself: cd DIR && zip -r ../estate.zip .',
    ...(cause === undefined ? {} : { cause }),
  });
}
