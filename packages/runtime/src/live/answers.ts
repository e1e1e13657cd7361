import { type AnswerCache, type AnswerKind, diskCache, redisCache } from '@infrafabric/collect/cache';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';

/**
 * Where live answers are kept: the Redis of the settings, or the data folder.
 *
 * @throws CollectError `CACHE_UNREACHABLE` when that Redis does not answer.
 */
export async function openAnswers({ home, tenant, cacheRedisUrl }: Config): Promise<AnswerCache> {
  if (cacheRedisUrl !== '') return redisCache(cacheRedisUrl, `infrafabric:${tenant}:answers`);
  return diskCache(join(home, 'cache', 'aws'));
}

/** Drops the answers that a bill or a price table named `by` takes the place of; gives how many. @throws as `openAnswers`. */
export async function supersedeAnswers(config: Config, kind: AnswerKind, by: string): Promise<number> {
  const cache = await openAnswers(config);
  try {
    return await cache.supersede(kind, by);
  } finally {
    await cache.close();
  }
}
