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

/** Clients of the analysed account; those of our own bucket, table, queues, topics and secrets are not among them. */
const ACCOUNT_CLIENTS = Object.keys(dependenciesOf(join(ROOT, 'packages/collect/package.json'))).filter(
  (name) => name.startsWith('@aws-sdk/client-') && !/-(?:s3|sns|sqs|dynamodb|secrets-manager)$/.test(name),
);

/** How a machine of one's own is wired, with the embedded AWS; a function is wired from its environment. */
const MACHINE_WIRING = './wiring.ts';

/** Where tsc keeps its own output; not ours to remove. */
const KEPT = 'types';

mkdirSync(DIST, { recursive: true });
for (const name of readdirSync(DIST)) if (name !== KEPT) rmSync(join(DIST, name), { recursive: true });
for (const file of readdirSync(ENTRIES)) await bundle(file.replace(/\.ts$/, ''));

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
    plugins: [namedImports(join(ROOT, 'packages'), asksFrom(name))],
    external: ['@duckdb/node-api', MACHINE_WIRING, ...neverAsked(name)],
    // Third parties written as CommonJS ask for built-in modules with `require`.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  if (name === 'start') cpSync(join(ROOT, 'examples/demo'), join(outdir, 'examples/demo'), { recursive: true });
  writeFileSync(join(outdir, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`);
}

/** Modules that a function never loads: an import of one would fail, so the list is what its role cannot come to. */
function neverAsked(name: string): readonly string[] {
  const models = name === 'coordinator' ? [] : ['@anthropic-ai/sdk', '@aws-sdk/client-bedrock-runtime'];
  if (name === 'collector') return models;
  if (name === 'start')
    return [...models, ...ACCOUNT_CLIENTS.filter((client) => !/-(?:sts|ec2|organizations)$/.test(client))];
  return [...models, ...ACCOUNT_CLIENTS, '@infrafabric/collect/live'];
}

/** Whether a function comes to what a file imports: a start asks who it is, which regions there are and which accounts. */
function asksFrom(name: string): (file: string) => boolean {
  return (file) => name !== 'start' || !file.startsWith('collect/') || file.endsWith('/own-reads.ts');
}

function dependenciesOf(manifest: string): object {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object(Reflect.get(Object(parsed), 'dependencies'));
}
