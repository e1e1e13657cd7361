import { CollectError } from '../errors.ts';
import { type AnswerCache, type AnswerKind, keptAnswer, keptText, LONGEST_KEPT_MS } from './answer-cache.ts';

/**
 * A cache in a Redis that several machines share. Keys are `<prefix>:<kind>:<hash of the question>`, each with a time to live.
 *
 * What it holds is the inventory of accounts, without secrets: whoever can read that Redis can read it.
 * @throws CollectError `CACHE_UNREACHABLE` when Redis does not answer now; failing later, it is empty.
 */
export async function redisCache(url: string, prefix: string): Promise<AnswerCache> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: CONNECT_MS, maxRetriesPerRequest: 1 });
  const failures = { last: '' };
  redis.on('error', (error: Error) => {
    failures.last = error.message;
  });
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    throw unreachable(url, failures.last, error);
  }
  const keyOf = (kind: AnswerKind, key: string): string => `${prefix}:${kind}:${key}`;
  return {
    async get({ kind, key }, nowMs, maxAgeMs) {
      const text = await orEmpty(redis.get(keyOf(kind, key)));
      return typeof text === 'string' ? keptAnswer(text, nowMs, maxAgeMs) : undefined;
    },
    async put({ kind, key }, answer) {
      await orEmpty(redis.set(keyOf(kind, key), keptText(answer), 'PX', LONGEST_KEPT_MS));
    },
    async supersede(kind, by) {
      const before = await orEmpty(redis.set(`${prefix}:by:${kind}`, by, 'GET'));
      return before === by ? 0 : dropAll(redis, keyOf(kind, '*'));
    },
    async close() {
      await orEmpty(redis.quit());
    },
  };
}

/** Own choice: a Redis that is there answers at once. */
const CONNECT_MS = 2_000;

/** The commands `dropAll` needs. */
interface Scanning {
  scan(cursor: string, match: 'MATCH', pattern: string, count: 'COUNT', most: number): Promise<[string, string[]]>;
  unlink(...keys: string[]): Promise<number>;
}

async function dropAll(redis: Scanning, pattern: string): Promise<number> {
  let [cursor, dropped] = ['0', 0];
  do {
    const found = await orEmpty(redis.scan(cursor, 'MATCH', pattern, 'COUNT', 500));
    const [next, keys] = found ?? ['0', []];
    if (keys.length > 0) dropped += (await orEmpty(redis.unlink(...keys))) ?? 0;
    cursor = next;
  } while (cursor !== '0');
  return dropped;
}

/** What Redis answers, or nothing when it refuses or is gone: then the cache is empty. */
async function orEmpty<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function unreachable(url: string, said: string, cause: unknown): CollectError {
  const { host } = new URL(url);
  return new CollectError('CACHE_UNREACHABLE', {
    message: `expected a Redis that answers, got ${said === '' ? 'no connection' : said}`,
    where: host,
    fix: 'start Redis, correct INFRAFABRIC_CACHE_REDIS_URL, or take it away: answers are then kept on disk',
    cause,
  });
}
