import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { editedSource } from './edited-source.ts';
import { switchedOff } from './switched-off.ts';

/**
 * `node --import test/mutants/hook.ts ...` with `INFRAFABRIC_MUTANTS=<id>,<id>`: loads shipped sources with these safeguards off.
 * The files stay as they are.
 */
const byPath = switchedOff();

registerHooks({
  load(url, context, nextLoad) {
    const path = url.startsWith('file:') ? fileURLToPath(url) : '';
    const own = byPath.get(path);
    if (own === undefined) return nextLoad(url, context);
    return { format: 'module-typescript', source: editedSource(readFileSync(path, 'utf8'), own), shortCircuit: true };
  },
});
