import { readFileSync } from 'node:fs';
import type { Plugin } from 'vitest/config';
import { editedSource } from './edited-source.ts';
import { switchedOff } from './switched-off.ts';

/** `INFRAFABRIC_MUTANTS=<id>,<id> vitest run ...`: the tests meet shipped sources with these safeguards off. */
export function mutantsPlugin(): Plugin {
  const byPath = switchedOff();
  return {
    name: 'mutants',
    enforce: 'pre',
    // A cached module would meet the next run with the safeguards of this one off.
    config: () => ({ test: { fsModuleCache: false } }),
    load(id) {
      const [path = ''] = id.split('?');
      const own = byPath.get(path);
      return own === undefined ? undefined : editedSource(readFileSync(path, 'utf8'), own);
    },
  };
}
