import { join, resolve } from 'node:path';
import { MUTANTS } from './catalogue.ts';
import type { Edit } from './mutant.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The edits of the mutants that `INFRAFABRIC_MUTANTS=<id>,<id>` names, by the full path of the file they change. */
export function switchedOff(): Map<string, Edit[]> {
  const wanted = (process.env['INFRAFABRIC_MUTANTS'] ?? '').split(',').filter((id) => id !== '');
  const edits = wanted.flatMap((id) => {
    const mutant = MUTANTS.find((one) => one.id === id);
    if (mutant === undefined) throw new TypeError(`expected a mutant of the catalogue, got ${id}`);
    return mutant.edits;
  });
  return Map.groupBy(edits, ({ file }) => join(ROOT, file));
}
