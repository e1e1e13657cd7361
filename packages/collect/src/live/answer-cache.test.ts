import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeCollector, fakePorts } from '../testing/fake-aws.ts';
import { cacheKey, diskCache } from './answer-cache.ts';
import { askAllPages } from './asker.ts';
import { ReadOnlyClients } from './read-only-client.ts';

const QUESTION = { account: '123456789012', region: 'us-east-1', input: {} };
let directory = '';
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'answers-')), 'cache');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

test('an answer is served until its time is over, without secrets and for its owner only', async () => {
  let calls = 0;
  const collector = fakeCollector(
    'GetPrices',
    () => {
      calls += 1;
      return { Things: [{ Password: 'hush', n: calls }] };
    },
    { cacheMinutes: 60 },
  );
  let nowMs = Date.parse('2026-11-20T12:00:00Z');
  const clock = { nowMs: () => nowMs, sleep: async () => {} };
  const ports = fakePorts({ cache: diskCache(directory), clock, clients: new ReadOnlyClients([collector.id], {}) });
  const ask = async (): Promise<unknown> => (await askAllPages(collector, QUESTION, ports)).pages[0]?.answer['Things'];
  expect(await ask()).toStrictEqual([{ Password: 'hush', n: 1 }]);
  nowMs += 59 * 60_000;
  expect(await ask()).toStrictEqual([{ Password: '[redacted:named-secret]', n: 1 }]);
  nowMs += 60_000;
  expect(await ask()).toStrictEqual([{ Password: 'hush', n: 2 }]);
  const [file = ''] = await readdir(directory);
  expect((await stat(join(directory, file))).mode & 0o077).toBe(0);
});

test('a cache that is broken is empty', async () => {
  const cache = diskCache(directory);
  const key = cacheKey({ ...QUESTION, id: 'things.GetPrices' });
  await cache.put(key, 5, []);
  await writeFile(join(directory, `${key}.json`), '{"at_ms": 5, "pa');
  expect(await cache.get(key, 6, 1000)).toBe(undefined);
});

test('another account, region, operation or input is another question', () => {
  const base = { ...QUESTION, id: 'things.GetPrices' };
  const changed = [{ account: '1' }, { region: 'x' }, { id: 'y' }, { input: { a: 1 } }];
  expect(new Set([base, ...changed.map((one) => ({ ...base, ...one }))].map(cacheKey)).size).toBe(5);
});
