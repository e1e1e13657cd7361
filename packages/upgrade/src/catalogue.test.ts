import { readdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { UPGRADE_RULES } from './catalogue.ts';
import { UPGRADE_DERIVATIONS } from './derivations.ts';

const RULES = resolve(import.meta.dirname, 'rules');
const FILES = readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test('the catalogue holds every rule file, and its id is its path', () => {
  const paths = FILES.filter((file) => !file.endsWith('.test.ts')).map(
    (file) => `${dirname(file)}-${basename(file, '.ts')}`,
  );

  expect(UPGRADE_RULES.map((rule) => rule.id)).toStrictEqual(paths.toSorted());
});

test('every rule has its test beside it', () => {
  const untested = FILES.filter((file) => !file.endsWith('.test.ts')).filter(
    (file) => !FILES.includes(file.replace(/\.ts$/, '.test.ts')),
  );

  expect(untested).toStrictEqual([]);
});

test('every rule is of this role, has dated sources and published derivations', () => {
  const broken = UPGRADE_RULES.filter(
    (rule) =>
      rule.role !== 'upgrade-risk' ||
      rule.sources.length === 0 ||
      !rule.sources.every((source) => /\b20\d\d\b/.test(source)) ||
      !rule.derivations.every((one) => UPGRADE_DERIVATIONS.includes(one)),
  ).map((rule) => rule.id);

  expect(broken).toStrictEqual([]);
});

test('published derivations have distinct ids, in order', () => {
  const ids = UPGRADE_DERIVATIONS.map((one) => one.id);

  expect(ids).toStrictEqual([...new Set(ids)].toSorted());
});
