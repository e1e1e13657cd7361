import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Bundles of an AWS client that is imported on use only what is named there: `const { A } = await import('…')` keeps all of
 * the module otherwise, which is three times as much.
 */
export function namedImports(sources: string): Plugin {
  const names = namesIn(sources);
  return {
    name: 'named imports',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: CLIENT }, ({ path, kind, resolveDir }) =>
        kind === 'dynamic-import' && names.has(path)
          ? { path, namespace: 'named', pluginData: { resolveDir } }
          : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'named' }, ({ path, pluginData }) => ({
        contents: `export { ${[...(names.get(path) ?? [])].join(', ')} } from '${path}';`,
        resolveDir: String(Reflect.get(Object(pluginData), 'resolveDir')),
        loader: 'js',
      }));
    },
  };
}

const CLIENT = /^@aws-sdk\/client-[a-z0-9-]+$/;

const NAMED = /const \{([^}]+)\}\s*=\s*await import\('(@aws-sdk\/client-[^']+)'\)/g;

/** By client: every name that a source takes out of its import. @throws Error when an import names nothing. */
function namesIn(sources: string): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!/\/src\/.*\.ts$/.test(file) || /node_modules|\/dist\/|\.test\.ts$|\/testing\//.test(file)) continue;
    const text = readFileSync(join(sources, file), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
    const found = [...text.matchAll(NAMED)];
    const all = text.match(/import\('@aws-sdk\/client-/g) ?? [];
    if (found.length !== all.length)
      throw new Error(`${file}: expected every import of a client to name what it takes`);
    for (const [, taken = '', client = ''] of found) {
      const known = names.get(client) ?? new Set();
      names.set(client, known);
      for (const name of taken.matchAll(/(\w+)(?=\s*[:,]|\s*$)(?:\s*:\s*\w+)?/g)) known.add(name[1] ?? '');
    }
  }
  return names;
}
