import { NO_REDIS, type RedisServer, startRedis } from '@infrafabric/collect/testing';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { manualClock } from '../testing/index.ts';
import { testBusDriver } from '../testing/suites.ts';
import { type BullmqOptions, bullmqBus } from './bullmq.ts';

const ROLES = ['coordinator', 'collector', 'pricing', 'rightsizing', 'upgrade-risk'] as const;
const SESSION = 's-01936000-0000-7000-8000-000000000001';

describe.skipIf(NO_REDIS !== '')(`BullMQ${NO_REDIS}`, () => {
  let server: RedisServer;
  let look: Redis;
  let made = 0;
  beforeAll(async () => {
    server = await startRedis();
    look = new Redis(server.url);
  });
  afterAll(async () => {
    await look.quit();
    await server.stop();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const connectTo = (url: string): BullmqOptions['connect'] => {
    const redis = (use: 'producing' | 'consuming'): Redis =>
      new Redis(url, { maxRetriesPerRequest: null, enableOfflineQueue: use === 'consuming' });
    return (use) => redis(use).on('error', () => undefined);
  };

  /** A bus of its own in the one Redis, on a clock that stands still. */
  async function open(over: Partial<BullmqOptions> = {}) {
    made += 1;
    const prefix = `test-${made}`;
    const clock = manualClock(Date.now());
    vi.useFakeTimers({ toFake: ['Date'], now: clock.nowMs() });
    const connections: Redis[] = [];
    const connect: BullmqOptions['connect'] = (use) => {
      const redis = (over.connect ?? connectTo(server.url))(use);
      connections.push(redis);
      return redis;
    };
    const driver = bullmqBus({ prefix, clock, roles: ROLES, stalledMs: 20, ...over, connect });
    await Promise.all(connections.map(async (redis) => once(redis, 'ready')));
    const advance = async (ms: number): Promise<void> => {
      await age(look, prefix, ms);
      await clock.advance(ms);
      vi.setSystemTime(clock.nowMs());
      await untilNoneIsLost(look, prefix);
    };
    return { driver, clock, advance, prefix };
  }

  test('a session that came late is served in turn with one that filled the queue', async () => {
    const { driver } = await open();
    const send = async (session: string, count: number) => {
      const messages = Array.from({ length: count }, (_, n) => ({
        body: `${session}${n + 1}`,
        role: 'pricing' as const,
        session,
      }));
      await driver.publish(messages);
    };
    await send('a', 20);
    const first = await driver.receive('pricing', { max: 4, waitMs: 0 });
    await send('b', 3);
    const taken = await driver.receive('pricing', { max: 8, waitMs: 0 });
    await Promise.all([...first, ...taken].map(async (delivery) => delivery.ack()));
    await driver.close();

    expect(taken.map(({ body }) => body)).toStrictEqual(['a5', 'b1', 'a6', 'b2', 'a7', 'b3', 'a8', 'a9']);
  });

  testBusDriver('BullMQ', async () => {
    const { driver, advance } = await open();
    return { driver, advance, close: async () => undefined };
  });

  test('a message outlives the process that published it, and wakes who waits in another', async () => {
    const one = await open();
    const other = await open({ prefix: one.prefix, clock: one.clock });
    const waiting = other.driver.receive('pricing', { max: 1, waitMs: 20_000 });
    await one.driver.publish([{ body: 'from one', role: 'pricing', session: SESSION }]);
    await one.driver.close();
    const [delivery] = await waiting;
    await delivery?.ack();
    await other.driver.close();

    expect(delivery?.body).toBe('from one');
    expect(await look.keys(`${one.prefix}:pricing:[0-9]*`)).toStrictEqual([]);
  });

  test('without Redis what is published fails at once, and may be tried again', async () => {
    const leaving = await startRedis();
    const { driver } = await open({ connect: connectTo(leaving.url) });
    await leaving.stop();
    const outcomes = await driver.publish([{ body: 'x', role: 'pricing', session: SESSION }]);

    expect(outcomes).toMatchObject([{ published: false, error: { code: 'UNAVAILABLE', retry: 'later' } }]);
    await driver.close();
  });
});

/** Moves the time of Redis forward for one bus: what lives for a while has less of it left. */
async function age(redis: Redis, prefix: string, ms: number): Promise<void> {
  for (const key of await redis.keys(`${prefix}:*`)) {
    const left = await redis.pttl(key);
    if (left > 0) await (left > ms ? redis.pexpire(key, left - ms) : redis.del(key));
  }
}

/** Resolves when no message is in hand without a lock: the look for lost ones has found them. */
async function untilNoneIsLost(redis: Redis, prefix: string): Promise<void> {
  for (;;) {
    const lists = await redis.keys(`${prefix}:*:active`);
    const jobs = await Promise.all(
      lists.map(async (list) => (await redis.lrange(list, 0, -1)).map((id) => list.replace(/active$/, `${id}:lock`))),
    );
    const locks = await Promise.all(jobs.flat().map(async (key) => redis.exists(key)));
    if (locks.every((there) => there === 1)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
