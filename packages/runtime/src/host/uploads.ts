import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { RuntimeError } from '../errors.ts';
import type { Home } from '../home.ts';

/** Bytes of one upload; a larger bill is analysed on the machine it is on. */
export const MAX_UPLOAD_BYTES = 1024 ** 3;

/** A file that was uploaded. */
export interface KeptUpload {
  readonly sha256: string;
  readonly bytes: number;
  readonly kept_at: string;
}

/** Files that were uploaded to be analysed, by their sha256 (64 hexadecimal digits). */
export interface Uploads {
  /**
   * Keeps a file chunk by chunk; `fresh` is false when it was there.
   *
   * @throws RuntimeError `UPLOAD_TOO_LARGE`, `UPLOAD_QUOTA`, `UPLOAD_HASH_MISMATCH`; nothing is kept then.
   */
  readonly keep: (sha256: string, chunks: AsyncIterable<Uint8Array>) => Promise<{ readonly fresh: boolean }>;
  /** By hash. */
  readonly list: () => KeptUpload[];
  /** Whether there was one to remove; sessions that were started keep what they read of it. */
  readonly remove: (sha256: string) => boolean;
  /** Where a file is. @throws RuntimeError `UPLOAD_MISSING`. */
  readonly pathOf: (sha256: string) => string;
  /** A new empty folder on the same disk. */
  readonly folder: () => string;
}

/** Opens the uploads of a data folder, which keep at most `quotaBytes`; drafts that a process left behind are removed after a day. */
export function openUploads(home: Home, quotaBytes: number, nowMs: () => number): Uploads {
  const folder = join(home.path, 'inputs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeLeftovers(folder, nowMs() - 86_400_000);
  const under = { way: 0 };
  const newPath = (kind: string): string => join(folder, `.${kind}-${randomBytes(8).toString('hex')}`);
  const listed = (): KeptUpload[] =>
    readdirSync(folder)
      .filter(isHash)
      .sort()
      .map((name) => keptIn(folder, name));
  return {
    async keep(sha256, chunks) {
      const room = quotaBytes - listed().reduce((sum, { bytes }) => sum + bytes, 0);
      const draft = newPath('draft');
      try {
        const file = await open(draft, 'wx', 0o600);
        const got = await write(file, within(chunks, under, room)).finally(() => file.close());
        if (got !== sha256) throw mismatch(sha256, got);
        const fresh = !existsSync(join(folder, sha256));
        renameSync(draft, join(folder, sha256));
        return { fresh };
      } finally {
        rmSync(draft, { force: true });
      }
    },
    list: listed,
    remove(sha256) {
      const path = join(folder, sha256);
      if (!isHash(sha256) || !existsSync(path)) return false;
      rmSync(path, { force: true });
      return true;
    },
    pathOf(sha256) {
      const path = join(folder, sha256);
      if (isHash(sha256) && existsSync(path)) return path;
      throw missing(sha256);
    },
    folder() {
      const made = newPath('lent');
      mkdirSync(made, { mode: 0o700 });
      return made;
    },
  };
}

const isHash = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

function keptIn(folder: string, sha256: string): KeptUpload {
  const { size, mtimeMs } = statSync(join(folder, sha256));
  return { sha256, bytes: size, kept_at: new Date(Math.floor(mtimeMs)).toISOString() };
}

function removeLeftovers(folder: string, beforeMs: number): void {
  for (const name of readdirSync(folder)) {
    const isOld = (): boolean => statSync(join(folder, name)).mtimeMs < beforeMs;
    if (name.startsWith('.') && isOld()) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Chunks as they come, counted: those of this upload, and with those of all uploads under way at once. */
async function* within(
  chunks: AsyncIterable<Uint8Array>,
  under: { way: number },
  room: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      under.way += chunk.length;
      if (bytes > MAX_UPLOAD_BYTES) throw tooLarge();
      if (under.way > room) throw overQuota();
      yield chunk;
    }
  } finally {
    under.way -= bytes;
  }
}

async function write(file: FileHandle, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  await file.sync();
  return hash.digest('hex');
}

function tooLarge(): RuntimeError {
  return new RuntimeError('UPLOAD_TOO_LARGE', {
    message: `expected at most ${MAX_UPLOAD_BYTES} bytes`,
    where: 'body',
    fix: 'compress it, or analyse it with the command line where it is',
  });
}

function overQuota(): RuntimeError {
  return new RuntimeError('UPLOAD_QUOTA', {
    message: 'the uploads of this server have no room for this file',
    where: 'body',
    fix: 'GET /v1/inputs lists them; DELETE /v1/inputs/{sha256} removes one; INFRAFABRIC_API_UPLOAD_GIB is the quota',
  });
}

function mismatch(expected: string, got: string): RuntimeError {
  return new RuntimeError('UPLOAD_HASH_MISMATCH', {
    message: `expected bytes of sha256 ${expected}, got ${got}`,
    where: 'body',
    fix: 'name the file by its own hash: sha256sum FILE',
  });
}

function missing(sha256: string): RuntimeError {
  return new RuntimeError('UPLOAD_MISSING', {
    message: 'nothing was uploaded under this hash',
    where: sha256.slice(0, 80),
    fix: `PUT /v1/inputs/${sha256.slice(0, 80)} first`,
  });
}
