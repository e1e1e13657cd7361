import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonObject, canonicalJson, isJsonObject, sha256Hex } from '@infrafabric/protocol';
import type { AskedPage } from './collector.ts';

/** Keeps answers for a while; what it holds has no secrets left. A cache that fails is a cache that is empty. */
export interface AnswerCache {
  /** The pages of a key that are younger than `maxAgeMs`. */
  get(key: string, nowMs: number, maxAgeMs: number): Promise<readonly AskedPage[] | undefined>;
  put(key: string, nowMs: number, pages: readonly AskedPage[]): Promise<void>;
}

/** The key of a question: who is asked where, what, and with which input. */
export function cacheKey(question: {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly input: JsonObject;
}): string {
  return sha256Hex(new TextEncoder().encode(canonicalJson(question)));
}

/** No cache. */
export const NO_CACHE: AnswerCache = { get: async () => undefined, put: async () => {} };

/** A cache of one file a question in a directory only its owner can read. */
export function diskCache(directory: string): AnswerCache {
  const pathOf = (key: string): string => join(directory, `${key}.json`);
  return {
    async get(key, nowMs, maxAgeMs) {
      const kept = await readKept(pathOf(key));
      const ageMs = kept === undefined ? Number.NaN : nowMs - kept.at_ms;
      return ageMs >= 0 && ageMs < maxAgeMs ? kept?.pages : undefined;
    },
    async put(key, nowMs, pages) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const draft = `${pathOf(key)}.${process.pid}`;
      await writeFile(draft, JSON.stringify({ at_ms: nowMs, pages }), { mode: 0o600 });
      await rename(draft, pathOf(key));
    },
  };
}

interface Kept {
  readonly at_ms: number;
  readonly pages: readonly AskedPage[];
}

async function readKept(path: string): Promise<Kept | undefined> {
  try {
    return keptOf(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

function keptOf(value: JsonObject): Kept | undefined {
  const { at_ms, pages } = value;
  if (typeof at_ms !== 'number' || !Array.isArray(pages)) return undefined;
  return { at_ms, pages: pages.flatMap(pageOf) };
}

function pageOf(page: JsonObject[string]): AskedPage[] {
  if (!isJsonObject(page)) return [];
  const { input, answer } = page;
  return isJsonObject(input) && isJsonObject(answer) ? [{ input, answer }] : [];
}
