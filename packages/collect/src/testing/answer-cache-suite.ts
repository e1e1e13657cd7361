import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askAllPages } from '../live/asker.ts';
import { ReadOnlyClients } from '../live/read-only-client.ts';
import { type AnswerCache, cacheKey } from '../cache/answer-cache.ts';
import { fakeCollector, fakePorts } from './fake-aws.ts';

const QUESTION = { account: '123456789012', region: 'us-east-1', input: {} };
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const key = cacheKey({ ...QUESTION, id: 'things.GetPrices' });
const PAGE = { input: { n: 1 }, answer: { Things: [] } };

/** What every cache of live answers promises. `open` opens an empty one; a `reason` skips the suite and is in its name. */
export function testAnswerCache(driver: string, reason: string, open: () => Promise<AnswerCache>): void {
  describe.skipIf(reason !== '')(`the cache on ${driver}${reason}`, () => {
    let cache: AnswerCache;
    beforeEach(async () => {
      cache = await open();
    });
    afterEach(async () => {
      await cache.close();
    });

    test('serves an answer until its time is over, and never one from the future', async () => {
      const under = { kind: 'prices', key } as const;
      await cache.put(under, { pages: [PAGE], atMs: NOW_MS });
      expect(await cache.get(under, NOW_MS + 59_999, 60_000)).toStrictEqual({ pages: [PAGE], atMs: NOW_MS });
      expect(await cache.get(under, NOW_MS + 60_000, 60_000)).toBe(undefined);
      expect(await cache.get(under, NOW_MS - 1, 60_000)).toBe(undefined);
      expect(await cache.get({ kind: 'cost', key }, NOW_MS, 60_000)).toBe(undefined);
      expect(await cache.get({ kind: 'prices', key: '0'.repeat(64) }, NOW_MS, 60_000)).toBe(undefined);
    });

    test('keeps that there is none', async () => {
      const answer = { pages: [], absent: { error_code: 'NoSuchLifecycleConfiguration', status: 404 }, atMs: NOW_MS };
      await cache.put({ kind: 'estate', key }, answer);
      expect(await cache.get({ kind: 'estate', key }, NOW_MS, 1)).toStrictEqual(answer);
    });

    test('a bill drops the answers about cost once, and no others', async () => {
      for (const kind of ['cost', 'prices'] as const) await cache.put({ kind, key }, { pages: [PAGE], atMs: NOW_MS });
      expect(await cache.supersede('cost', 'november')).toBe(1);
      expect(await cache.get({ kind: 'cost', key }, NOW_MS, 1)).toBe(undefined);
      expect(await cache.get({ kind: 'prices', key }, NOW_MS, 1)).toStrictEqual({ pages: [PAGE], atMs: NOW_MS });
      await cache.put({ kind: 'cost', key }, { pages: [PAGE], atMs: NOW_MS });
      expect(await cache.supersede('cost', 'november')).toBe(0);
      expect(await cache.get({ kind: 'cost', key }, NOW_MS, 1)).toStrictEqual({ pages: [PAGE], atMs: NOW_MS });
      expect(await cache.supersede('cost', 'december')).toBe(1);
    });

    test('an answer is kept without its secrets, and says when AWS gave it', async () => {
      let calls = 0;
      const answer = () => ({ Things: [{ Password: 'hush', n: (calls += 1) }] });
      const collector = fakeCollector('GetPrices', answer, { answerKind: 'prices' });
      let nowMs = NOW_MS;
      const clock = { nowMs: () => nowMs, sleep: async () => {} };
      const ports = fakePorts({ cache, clock, clients: new ReadOnlyClients([collector.id], {}) });
      const ask = async (): Promise<unknown[]> => {
        const [page] = (await askAllPages(collector, QUESTION, ports)).pages;
        return [page?.answer['Things'], page?.atMs];
      };
      expect(await ask()).toStrictEqual([[{ Password: 'hush', n: 1 }], NOW_MS]);
      nowMs += 59 * 60_000;
      expect(await ask()).toStrictEqual([[{ Password: '[redacted:named-secret]', n: 1 }], NOW_MS]);
      nowMs += 60_000;
      expect(await ask()).toStrictEqual([[{ Password: 'hush', n: 2 }], NOW_MS + 3_600_000]);
    });
  });
}
