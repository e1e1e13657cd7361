import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commandPages } from '@infrafabric/cli';
import { readThreshold } from '@infrafabric/finops';
import { RULES } from '@infrafabric/runtime';
import { expect, test } from 'vitest';
import { PAGES } from '../docs/pages.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test.each(PAGES)('%s says what the code says (pnpm docs:write writes it)', (path, text) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text());
});

test('the thresholds in the examples of the help exist', () => {
  const lines = commandPages().flatMap((page) => page.examples);
  const set = lines.flatMap((line) => [...line.matchAll(/--threshold (\S+)/g)].map(([, one = '']) => one));

  expect(set.map((one) => readThreshold(one, RULES))).toStrictEqual([
    { key: 'ebs-old-snapshot.EBS_SNAPSHOT_AGE_DAYS', value: '365' },
  ]);
});
