import { readFileSync } from 'node:fs';
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
  const settled = new Set(rows.flatMap(({ id, killed, covered }) => ((killed ?? covered) ? [id] : [])));

  expect(rows.map(({ id }) => id)).toStrictEqual(order);
  expect(
    MUTANTS.filter(({ id, undistinguished }) => !settled.has(id) && undistinguished === undefined).map(({ id }) => id),
  ).toStrictEqual([]);
});
