import { expect, test } from 'vitest';
import { byteCache } from './byte-cache.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(length);
const kept = (cache: ReturnType<typeof byteCache>, keys: string): string =>
  Array.from(keys)
    .filter((key) => cache.get(key) !== undefined)
    .join('');

test('keeps what was used last, within its bound', () => {
  const cache = byteCache(160);
  for (const key of 'abcdefghijklmnop') cache.set(key, bytes(10));
  cache.get('a');
  cache.set('q', bytes(10));

  expect(kept(cache, 'abcdefghijklmnopq')).toBe('acdefghijklmnopq');
});

test('keeps nothing larger than a sixteenth of its bound', () => {
  const cache = byteCache(160);
  cache.set('a', bytes(11));

  expect(cache.get('a')).toBeUndefined();
});

test('counts a key that is set again once', () => {
  const cache = byteCache(32);
  for (let n = 0; n < 20; n += 1) cache.set('a', bytes(2));
  for (const key of 'bcdefghijklmnop') cache.set(key, bytes(2));

  expect(kept(cache, 'abcdefghijklmnop')).toBe('abcdefghijklmnop');
});
