import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { PAGES } from '../docs/pages.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test.each(PAGES)('%s says what the code says (pnpm docs:write writes it)', (path, text) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text());
});
