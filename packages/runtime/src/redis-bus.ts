import type { BusDriver } from '@infrafabric/bus';
import type { Redis, RedisOptions } from 'ioredis';
import { systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';

/** Own choice: a Redis that is there answers within this time. */
const CONNECT_MS = 2_000;

/** How often BullMQ looks for messages whose holder is gone; it takes two looks. */
const STALLED_MS = 1_000;

/**
 * Opens the bus of mode `redis`, in which a message stays with whoever received it for `visibilityMs` unless extended. The driver and its
 * libraries are loaded here, so no other mode carries them.
 *
 * @throws RuntimeError `REDIS_UNREACHABLE`, `REDIS_EVICTS` when Redis may drop messages to make room.
 */
export async function openRedisBus({ redisUrl, namePrefix }: Config, visibilityMs: number): Promise<BusDriver> {
  const [{ bullmqBus }, { Redis }] = await Promise.all([import('@infrafabric/bus/bullmq'), import('ioredis')]);
  const open = (options: Omit<RedisOptions, 'replyMapping'>): Redis =>
    new Redis(redisUrl, options).on('error', ignored);
  await refuseUnlessKeeping(
    open({ lazyConnect: true, connectTimeout: CONNECT_MS, retryStrategy: () => null }),
    redisUrl,
  );
  const connections: Redis[] = [];
  const connect = (use: 'producing' | 'consuming'): Redis => {
    const redis = open({ maxRetriesPerRequest: null, enableOfflineQueue: use === 'consuming' });
    connections.push(redis);
    return redis;
  };
  const driver = bullmqBus({ connect, prefix: namePrefix, clock: systemClock, visibilityMs, stalledMs: STALLED_MS });
  await Promise.all(connections.map(async (redis) => redis.status === 'ready' || untilReady(redis)));
  return driver;
}

/** A lost connection is opened again by the client; calls on it say so themselves. */
const ignored = (): void => undefined;

async function untilReady(redis: Redis): Promise<void> {
  await new Promise<void>((resolve) => redis.once('ready', () => resolve()));
}

async function refuseUnlessKeeping(redis: Redis, url: string): Promise<void> {
  const where = new URL(url).host;
  try {
    await redis.connect();
  } catch (cause) {
    throw new RuntimeError('REDIS_UNREACHABLE', {
      message: 'expected a Redis that answers, got none',
      where,
      fix: 'start Redis, or correct INFRAFABRIC_REDIS_URL',
      cause,
    });
  }
  const policy = await evictionPolicy(redis);
  redis.disconnect();
  if (policy === undefined || policy === 'noeviction') return;
  throw new RuntimeError('REDIS_EVICTS', {
    message: `expected maxmemory-policy noeviction, got ${policy}: messages could be dropped`,
    where,
    fix: 'redis-cli config set maxmemory-policy noeviction',
  });
}

/** `undefined` where Redis does not let itself be asked. */
async function evictionPolicy(redis: Redis): Promise<string | undefined> {
  try {
    const answer = await redis.config('GET', 'maxmemory-policy');
    return Array.isArray(answer) ? String(answer[1]) : undefined;
  } catch {
    // Hosted Redis refuses CONFIG; its policy is the host's to set.
    return undefined;
  }
}
