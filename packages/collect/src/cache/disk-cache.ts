import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AnswerCache, type AnswerKind, keptAnswer, keptText, LONGEST_KEPT_MS } from './answer-cache.ts';

/** A cache of one file a question, in a directory only its owner can read; files no setting would use any more are removed. */
export function diskCache(directory: string): AnswerCache {
  const folderOf = (kind: AnswerKind): string => join(directory, kind);
  const pruned = new Set<AnswerKind>();
  return {
    async get({ kind, key }, nowMs, maxAgeMs) {
      const text = await textOf(join(folderOf(kind), `${key}.json`));
      return text === undefined ? undefined : keptAnswer(text, nowMs, maxAgeMs);
    },
    async put({ kind, key }, answer) {
      await mkdir(folderOf(kind), { recursive: true, mode: 0o700 });
      if (!pruned.has(kind)) await removeOld(folderOf(kind), answer.atMs - LONGEST_KEPT_MS);
      pruned.add(kind);
      await replace(join(folderOf(kind), `${key}.json`), keptText(answer));
    },
    async supersede(kind, by) {
      const marker = join(directory, `${kind}.by`);
      if ((await textOf(marker)) === by) return 0;
      const dropped = (await namesIn(folderOf(kind))).filter((name) => name.endsWith('.json')).length;
      await rm(folderOf(kind), { recursive: true, force: true });
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await replace(marker, by);
      return dropped;
    },
    close: async () => {},
  };
}

async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}

async function removeOld(folder: string, beforeMs: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const found = await there(stat(path));
    if (found !== undefined && found.mtimeMs < beforeMs) await rm(path, { force: true });
  }
}

const textOf = (path: string): Promise<string | undefined> => there(readFile(path, 'utf8'));
const namesIn = async (folder: string): Promise<string[]> => (await there(readdir(folder))) ?? [];

/** What the file system answers, or nothing when it refuses: then the cache is empty. */
async function there<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
