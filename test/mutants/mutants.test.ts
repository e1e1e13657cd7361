import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from './catalogue.ts';
import { editedSource } from './edited-source.ts';

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
