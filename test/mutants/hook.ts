import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from './catalogue.ts';
import { editedSource } from './edited-source.ts';

/**
 * `node --import test/mutants/hook.ts ...` with `INFRAFABRIC_MUTANTS=<id>,<id>`: loads shipped sources with these safeguards off.
 * The files stay as they are.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const wanted = (process.env['INFRAFABRIC_MUTANTS'] ?? '').split(',').filter((id) => id !== '');
const edits = wanted.flatMap((id) => {
  const mutant = MUTANTS.find((one) => one.id === id);
  if (mutant === undefined) throw new TypeError(`expected a mutant of the catalogue, got ${id}`);
  return mutant.edits;
});
const byPath = Map.groupBy(edits, ({ file }) => join(ROOT, file));

registerHooks({
  load(url, context, nextLoad) {
    const path = url.startsWith('file:') ? fileURLToPath(url) : '';
    const own = byPath.get(path);
    if (own === undefined) return nextLoad(url, context);
    return { format: 'module-typescript', source: editedSource(readFileSync(path, 'utf8'), own), shortCircuit: true };
  },
});
