import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { licencesOf } from './licences.ts';

/**
 * `pnpm build`: makes the package `infrafabric` in dist, or in the folder named: the command line with every workspace package and third party in it,
 * the dated tables, and the demo sample. It has no dependency, so npm alone installs it; `npm pack` there gives the tarball.
 */
const HERE = resolve(import.meta.dirname, '..');
const ROOT = resolve(HERE, '../..');
const DIST = resolve(process.argv[2] ?? join(HERE, 'dist'));

/** Where tsc keeps its own output; not ours to remove. */
const KEPT = 'types';

const manifest = manifestOf(join(HERE, 'package.json'));
mkdirSync(DIST, { recursive: true });
for (const name of readdirSync(DIST)) if (name !== KEPT) rmSync(join(DIST, name), { recursive: true });

const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { infrafabric: join(HERE, 'src/main.ts') },
  outdir: DIST,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node22.13',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // Reads Parquet and is loaded only then. Native and large, so whoever has such bills installs it beside this package; a
  // peer dependency, even an optional one, would make npx ask the registry before it runs.
  external: ['@duckdb/node-api'],
  // Third parties written as CommonJS ask for built-in modules with `require`.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
});

writeFileSync(join(DIST, 'THIRD_PARTY_LICENSES.txt'), licencesOf(Object.keys(metafile.inputs), ROOT));
cpSync(join(ROOT, 'examples/demo'), join(DIST, 'examples/demo'), { recursive: true });
for (const name of ['README.md', 'LICENSE']) cpSync(join(ROOT, name), join(DIST, name));
writeFileSync(join(DIST, 'package.json'), `${JSON.stringify(publishedManifest(), undefined, 2)}\n`);

function publishedManifest(): object {
  return {
    name: 'infrafabric',
    version: manifest('version'),
    description: 'A swarm of agents that audits an AWS bill and estate and proves what it says',
    license: manifest('license'),
    type: 'module',
    bin: { infrafabric: 'infrafabric.js' },
    files: ['infrafabric.js', 'chunks', 'examples', 'THIRD_PARTY_LICENSES.txt'],
    engines: { node: '>=22.13' },
  };
}

/** Reads fields of a package.json. */
function manifestOf(path: string): (field: string) => string {
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return (field) => String(Reflect.get(Object(manifest), field));
}
