import { type JsonObject, type JsonValue, canonicalJson, isJsonObject, sha256Hex } from '@infrafabric/protocol';

/** What an answer is about, as far as it decides how long it is kept and what takes its place. */
export type AnswerKind = 'prices' | 'cost' | 'estate' | 'model';

/** The pages of one question, without secrets, or AWS's word that there is none. */
export interface KeptAnswer {
  readonly pages: readonly { readonly input: JsonObject; readonly answer: JsonObject }[];
  /** The name of the error by which AWS said that there is none, and its status. */
  readonly absent?: { readonly error_code: string; readonly status?: number };
  /** When AWS was asked, milliseconds since 1970. */
  readonly atMs: number;
}

/** Keeps answers for a while; what it holds has no secrets left. A cache that fails is a cache that is empty. */
export interface AnswerCache {
  /** The answer to a question, when it is younger than `maxAgeMs`. */
  get(of: KeptUnder, nowMs: number, maxAgeMs: number): Promise<KeptAnswer | undefined>;
  /** Keeps an answer, at most `LONGEST_KEPT_MS`. */
  put(of: KeptUnder, answer: KeptAnswer): Promise<void>;
  /** Drops every answer of a kind when `by` (a bill, a price table) was not named before; gives how many it dropped. */
  supersede(kind: AnswerKind, by: string): Promise<number>;
  close(): Promise<void>;
}

/** Where an answer is kept: its kind and the key of its question. */
export interface KeptUnder {
  readonly kind: AnswerKind;
  /** 64 hex digits. */
  readonly key: string;
}

/** No setting lets an answer be older (`cache_minutes`, at most 1,440). */
export const LONGEST_KEPT_MS = 86_400_000;

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
export const NO_CACHE: AnswerCache = {
  get: async () => undefined,
  put: async () => {},
  supersede: async () => 0,
  close: async () => {},
};

/** An answer as both drivers write it. */
export function keptText({ pages, absent, atMs }: KeptAnswer): string {
  return JSON.stringify({ at_ms: atMs, pages, ...(absent === undefined ? {} : { absent }) });
}

/** Reads what `keptText` wrote; `undefined` for anything else, and for an answer that is too old or from the future. */
export function keptAnswer(text: string, nowMs: number, maxAgeMs: number): KeptAnswer | undefined {
  const value = jsonOf(text);
  if (!isJsonObject(value)) return undefined;
  const { at_ms: atMs, pages, absent } = value;
  if (typeof atMs !== 'number' || !Array.isArray(pages)) return undefined;
  if (atMs > nowMs || nowMs - atMs >= maxAgeMs) return undefined;
  return { atMs, pages: pages.flatMap(pageOf), ...absentOf(absent) };
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function pageOf(page: JsonValue): KeptAnswer['pages'] {
  if (!isJsonObject(page)) return [];
  const { input, answer } = page;
  return isJsonObject(input) && isJsonObject(answer) ? [{ input, answer }] : [];
}

function absentOf(absent: JsonValue | undefined): Pick<KeptAnswer, 'absent'> {
  if (!isJsonObject(absent) || typeof absent['error_code'] !== 'string') return {};
  const { error_code, status } = absent;
  return { absent: { error_code, ...(typeof status === 'number' ? { status } : {}) } };
}
