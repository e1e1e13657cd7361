import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-20T00:00:00Z') }));
afterEach(() => vi.useRealTimers());

/** A limiter of 4 requests a second whose clock moves when it sleeps. */
function limiter(): { readonly limit: RateLimiter; readonly waited: number[] } {
  const waited: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    waited.push(ms);
    vi.setSystemTime(Date.now() + ms);
  };
  return { limit: new RateLimiter({ sleep }, () => ({ requests: 4, windowMs: 1000, source: 'test' })), waited };
}

test('the fifth request of a second waits for the next second, and other accounts do not', async () => {
  const { limit, waited } = limiter();
  for (let n = 0; n < 5; n += 1) await limit.take('ec2', '1/eu-west-1', 1);
  await limit.take('ec2', '2/eu-west-1', 4);
  expect(waited).toStrictEqual([1000]);
});

test('throttling empties the bucket for everyone who shares it', async () => {
  const { limit, waited } = limiter();
  await limit.slowDown('ec2', '1/eu-west-1');
  await limit.take('ec2', '1/eu-west-1', 1);
  expect(waited).toStrictEqual([1000]);
});

test('a request heavier than a window takes a whole one instead of waiting for ever', async () => {
  const { limit, waited } = limiter();
  await limit.take('ec2', '1/eu-west-1', 99);
  expect(waited).toStrictEqual([]);
});
