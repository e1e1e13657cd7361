import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { reportOf } from './seed-report.ts';
import type { Regression } from './shrink.ts';

const FOLDER = join(import.meta.dirname, 'regressions');
const REGRESSIONS = globSync('*.json', { cwd: FOLDER }).map((name) => ({
  name: basename(name, '.json'),
  ...(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Regression),
}));

test.each(REGRESSIONS)('$name breaks nothing any more: $reason', async ({ seed, intensity, faults }) => {
  const few = await reportOf(seed, { intensity, only: new Set(faults) });
  const all = await reportOf(seed, { intensity });

  expect([few.violations, all.violations]).toStrictEqual([[], []]);
});
