import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testAnswerCache } from '../testing/answer-cache-suite.ts';
import { NO_REDIS, type RedisServer, startRedis } from '../testing/redis-server.ts';
import { cacheKey, LONGEST_KEPT_MS } from './answer-cache.ts';
import { diskCache } from './disk-cache.ts';
import { redisCache } from './redis-cache.ts';

const QUESTION = { account: '123456789012', region: 'us-east-1', input: {} };
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const key = cacheKey({ ...QUESTION, id: 'things.GetPrices' });
const PAGE = { input: { n: 1 }, answer: { Things: [] } };

let directory = '';
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'answers-')), 'cache');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

let redis: RedisServer | undefined;
beforeAll(async () => {
  if (NO_REDIS === '') redis = await startRedis();
});
afterAll(() => redis?.stop());

let opened = 0;
testAnswerCache('disk', '', async () => diskCache(directory));
testAnswerCache('redis', NO_REDIS, async () => redisCache(redis?.url ?? '', `test:${(opened += 1)}`));

test.skipIf(NO_REDIS !== '')(`an answer in Redis ends by itself${NO_REDIS}`, async () => {
  const cache = await redisCache(redis?.url ?? '', 'ends');
  await cache.put({ kind: 'cost', key }, { pages: [PAGE], atMs: NOW_MS });
  const { Redis } = await import('ioredis');
  const plain = new Redis(redis?.url ?? '');
  const leftMs = await plain.pttl(`ends:cost:${key}`);
  await Promise.all([plain.quit(), cache.close()]);
  expect(leftMs).toBeGreaterThan(LONGEST_KEPT_MS - 60_000);
  expect(leftMs).toBeLessThanOrEqual(LONGEST_KEPT_MS);
});

test.skipIf(NO_REDIS !== '')(`a Redis that goes away is an empty cache${NO_REDIS}`, async () => {
  const own = await startRedis();
  const cache = await redisCache(own.url, 'gone');
  await cache.put({ kind: 'cost', key }, { pages: [PAGE], atMs: NOW_MS });
  await own.stop();
  expect(await cache.get({ kind: 'cost', key }, NOW_MS, 1)).toBe(undefined);
  await cache.put({ kind: 'cost', key }, { pages: [PAGE], atMs: NOW_MS });
  expect(await cache.supersede('cost', 'x')).toBe(0);
  await cache.close();
});

test('a Redis that is not there is said before anything is asked, without its password', async () => {
  await expect(redisCache('redis://user:hush@127.0.0.1:1', 'x')).rejects.toMatchObject({
    code: 'CACHE_UNREACHABLE',
    kind: 'environment',
    where: '127.0.0.1:1',
    message: expect.not.stringContaining('hush'),
  });
});

test('files are for their owner only; a broken one is an empty cache, an old one is removed', async () => {
  const cache = diskCache(directory);
  await cache.put({ kind: 'cost', key }, { pages: [PAGE], atMs: NOW_MS });
  const file = join(directory, 'cost', `${key}.json`);
  expect((await stat(file)).mode & 0o077).toBe(0);
  await writeFile(file, '{"at_ms": 5, "pa');
  expect(await cache.get({ kind: 'cost', key }, NOW_MS, 1000)).toBe(undefined);
  const tomorrow = { pages: [PAGE], atMs: Date.now() + LONGEST_KEPT_MS + 60_000 };
  await diskCache(directory).put({ kind: 'cost', key: 'f'.repeat(64) }, tomorrow);
  expect(await readdir(join(directory, 'cost'))).toStrictEqual([`${'f'.repeat(64)}.json`]);
});

test('another account, region, operation or input is another question', () => {
  const base = { ...QUESTION, id: 'things.GetPrices' };
  const changed = [{ account: '1' }, { region: 'x' }, { id: 'y' }, { input: { a: 1 } }];
  expect(new Set([base, ...changed.map((one) => ({ ...base, ...one }))].map(cacheKey)).size).toBe(5);
});
