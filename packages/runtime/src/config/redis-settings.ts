import { redisUrl, type Setting } from './setting.ts';

/** Where a Redis is, for the two things one may do. */
export const REDIS_SETTINGS = {
  redisUrl: {
    env: 'INFRAFABRIC_REDIS_URL',
    key: 'redis_url',
    isSecret: true,
    describe:
      'Redis that carries messages in mode redis; it must keep what it acknowledged (maxmemory-policy noeviction)',
    fallback: 'redis://127.0.0.1:6379',
    parse: redisUrl,
  } satisfies Setting<string>,
  cacheRedisUrl: {
    env: 'INFRAFABRIC_CACHE_REDIS_URL',
    key: 'cache_redis_url',
    isSecret: true,
    describe:
      'Redis that keeps live answers for several machines, such as rediss://cache.internal:6379; empty: on disk',
    fallback: '',
    parse: redisUrl,
  } satisfies Setting<string>,
} as const;
