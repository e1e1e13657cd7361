import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from './catalogue.ts';
import { editedSource } from './edited-source.ts';
import { readRecord } from './record.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test.each(MUTANTS.map((mutant) => [mutant.id, mutant] as const))(
  '%s changes what it names, once, into TypeScript',
  (_id, { edits }) => {
    for (const [file, own] of Map.groupBy(edits, (edit) => edit.file)) {
      const source = readFileSync(join(ROOT, file), 'utf8');
      const edited = editedSource(source, own);

      expect(edited).not.toBe(source);
      expect(stripTypeScriptTypes(edited).length).toBeGreaterThan(0);
    }
  },
);

test('every mutant has a name of its own, and covers name mutants', () => {
  const ids = MUTANTS.map(({ id }) => id);

  expect(ids).toStrictEqual([...new Set(ids)]);
  expect(MUTANTS.flatMap(({ coveredBy = [] }) => coveredBy.filter((id) => !ids.includes(id)))).toStrictEqual([]);
});

test('what is on record is of the catalogue, and what lives has a reason or a cover', () => {
  const rows = readRecord();
  const order = MUTANTS.map(({ id }) => id).filter((id) => rows.some((row) => row.id === id));
  const settled = new Set(rows.flatMap(({ id, killed, covered, test }) => ((killed ?? covered ?? test) ? [id] : [])));

  expect(rows.map(({ id }) => id)).toStrictEqual(order);
  expect(
    MUTANTS.filter(({ id, undistinguished }) => !settled.has(id) && undistinguished === undefined).map(({ id }) => id),
  ).toStrictEqual([]);
});

test.each(readRecord().flatMap(({ id, test }) => (test === undefined ? [] : [[id, test] as const])))(
  'the test that tells %s stands in its file, or in a suite that its package shares',
  (_id, { file, name }) => {
    const titles = [file, ...sharedSuites(file)].flatMap((one) => titlesIn(readFileSync(join(ROOT, one), 'utf8')));

    expect(name.split(' > ').filter((part) => !titles.some((title) => title.test(part)))).toStrictEqual([]);
  },
);

/** What the drivers of a package are all held against. */
function sharedSuites(file: string): string[] {
  const folder = join(...file.split('/').slice(0, 3), 'testing');
  return globSync('**/*.ts', { cwd: join(ROOT, folder) }).map((name) => join(folder, name));
}

/** What each string of a source matches as a title; `%s`, `$name` and `${...}` stand for anything. One without a word of its own matches only itself. */
function titlesIn(source: string): RegExp[] {
  const strings = [...source.matchAll(/'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`((?:[^`\\]|\\.)+)`/g)];
  return strings.map(([, single, double, template]) => {
    const text = single ?? double ?? template ?? '';
    const parts = text.split(/%[sdifjoO#]|\$\{[^}]*\}|\$[a-z][\w.]*/).map((part) => escaped(part));
    return new RegExp(`^${/[a-z]{2}/.test(parts.join('')) ? parts.join('.*') : escaped(text)}$`);
  });
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
