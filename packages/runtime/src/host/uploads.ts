import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { RuntimeError } from '../errors.ts';
import type { Home } from '../home.ts';

/** An uploaded file as an input: its hash, and the name the report calls it by. */
export interface UploadedInput {
  readonly sha256: string;
  readonly name: string;
}

/** Bytes of one upload; a larger bill is analysed on the machine it is on. */
export const MAX_UPLOAD_BYTES = 1024 ** 3;

/**
 * Keeps a file under its sha256 (64 hexadecimal digits), chunk by chunk; `fresh` is false when it was there.
 *
 * @throws RuntimeError `UPLOAD_TOO_LARGE`, `UPLOAD_HASH_MISMATCH`; nothing is kept then.
 */
export async function keepUpload(
  home: Home,
  sha256: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly fresh: boolean }> {
  const folder = folderOf(home);
  const draft = join(folder, `.${randomBytes(8).toString('hex')}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    const got = await write(file, chunks).finally(() => file.close());
    if (got !== sha256) throw mismatch(sha256, got);
    const fresh = !existsSync(join(folder, sha256));
    renameSync(draft, join(folder, sha256));
    return { fresh };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Lends uploads under their own names for as long as `use` runs. @throws RuntimeError `UPLOAD_MISSING`. */
export async function withUploads<T>(
  home: Home,
  uploads: readonly UploadedInput[],
  use: (paths: readonly string[]) => Promise<T>,
): Promise<T> {
  const lent = mkdtempSync(join(folderOf(home), '.lent-'));
  try {
    const paths = uploads.map(({ sha256, name }, n) => {
      const kept = join(folderOf(home), sha256);
      if (!existsSync(kept)) throw missing(sha256);
      mkdirSync(join(lent, String(n)));
      linkSync(kept, join(lent, String(n), name));
      return join(lent, String(n), name);
    });
    return await use(paths);
  } finally {
    rmSync(lent, { recursive: true, force: true });
  }
}

function folderOf({ path }: Home): string {
  const folder = join(path, 'inputs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function write(file: FileHandle, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_UPLOAD_BYTES) {
      throw new RuntimeError('UPLOAD_TOO_LARGE', {
        message: `expected at most ${MAX_UPLOAD_BYTES} bytes`,
        where: 'body',
        fix: 'compress it, or analyse it with the command line where it is',
      });
    }
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  await file.sync();
  return hash.digest('hex');
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
    where: sha256,
    fix: `PUT /v1/inputs/${sha256} first`,
  });
}
