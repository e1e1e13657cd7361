import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Bundles of an AWS client that is imported on use only what is named there: `const { A } = await import('…')` keeps all of
 * the module otherwise, which is three times as much. Imports of files that are never asked do not count.
 */
export function namedImports(sources: string, isAsked: (file: string) => boolean): Plugin {
  const names = namesIn(sources, isAsked);
  return {
    name: 'named imports',
    setup(build) {
      build.onResolve({ filter: CLIENT }, ({ path, kind, resolveDir }) =>
        kind === 'dynamic-import' && names.has(path)
          ? { path, namespace: 'named', pluginData: { resolveDir } }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'named' }, ({ path, pluginData }) => ({
        contents: `export { ${[...(names.get(path) ?? [])].join(', ')} } from '${path}';`,
        resolveDir: String(Reflect.get(Object(pluginData), 'resolveDir')),
        loader: 'js',
      }));
    },
  };
}

const CLIENT = /^@aws-sdk\/client-[a-z0-9-]+$/;

const NAMED = /const \{([^}]+)\}\s*=\s*await import\('(@aws-sdk\/client-[^']+)'\)/g;

/** By client: every name that a source takes out of its import. */
function namesIn(sources: string, isAsked: (file: string) => boolean): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((one) => SOURCE.test(one) && !NO_SOURCE.test(one) && isAsked(one))) {
    for (const { client, taken } of importsIn(join(sources, file))) {
      const known = names.get(client) ?? new Set();
      names.set(client, known);
      for (const name of taken) known.add(name);
    }
  }
  return names;
}

const SOURCE = /\/src\/.*\.ts$/;

const NO_SOURCE = /node_modules|\/dist\/|\.test\.ts$|\/testing\//;

/** The names each import of a client takes. @throws Error when one names nothing. */
function importsIn(path: string): { readonly client: string; readonly taken: readonly string[] }[] {
  const text = readFileSync(path, 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  const found = [...text.matchAll(NAMED)];
  const all = text.match(/import\('@aws-sdk\/client-/g) ?? [];
  if (found.length !== all.length) throw new Error(`${path}: expected every import of a client to name what it takes`);
  return found.map(([, names = '', client = '']) => ({
    client,
    taken: names.split(',').flatMap((name) => /\w+/.exec(name)?.[0] ?? []),
  }));
}
