import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { namedImports } from './named-imports.ts';

/**
 * `pnpm build`: bundles each entry into dist/<name>/index.mjs with chunks that are loaded on use. A folder is what Lambda is
 * given as the code of one function (handler `index.handler`), or what the Dockerfile copies.
 */
const HERE = resolve(import.meta.dirname, '..');
const ROOT = resolve(HERE, '../..');
const DIST = resolve(process.argv[2] ?? join(HERE, 'dist'));
const ENTRIES = join(HERE, 'src/entries');

/** Clients that only a collection asks; a start asks who it is, which regions there are and which accounts. */
const ACCOUNT_CLIENTS = Object.keys(dependenciesOf(join(ROOT, 'packages/collect/package.json'))).filter(
  (name) => name.startsWith('@aws-sdk/client-') && !/-(?:sts|ec2|organizations|s3)$/.test(name),
);

/** Where tsc keeps its own output; not ours to remove. */
const KEPT = 'types';

mkdirSync(DIST, { recursive: true });
for (const name of readdirSync(DIST)) if (name !== KEPT) rmSync(join(DIST, name), { recursive: true });
await Promise.all(readdirSync(ENTRIES).map(async (file) => bundle(file.replace(/\.ts$/, ''))));

async function bundle(name: string): Promise<void> {
  const outdir = join(DIST, name);
  await build({
    absWorkingDir: ROOT,
    entryPoints: { index: join(ENTRIES, `${name}.ts`) },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [namedImports(join(ROOT, 'packages'))],
    external: ['@duckdb/node-api', ...neverAsked(name)],
    // Third parties written as CommonJS ask for built-in modules with `require`.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  if (name === 'start') cpSync(join(ROOT, 'examples/demo'), join(outdir, 'examples/demo'), { recursive: true });
  writeFileSync(join(outdir, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`);
}

/** Modules of the analysed account's clients that a function never loads. */
function neverAsked(name: string): readonly string[] {
  if (name === 'collector') return [];
  return name === 'start' ? ACCOUNT_CLIENTS : ['@infrafabric/collect/live'];
}

function dependenciesOf(manifest: string): object {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object(Reflect.get(Object(parsed), 'dependencies'));
}
