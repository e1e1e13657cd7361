import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The licence texts of every third party whose code is in a bundle, as their licences ask; the same bundle gives the same text. */
export function licencesOf(inputs: readonly string[], root: string): string {
  const folders = new Set(inputs.map((input) => packageFolder(resolve(root, input))).filter((folder) => folder !== ''));
  const entries = [...folders].map(entryOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  const byText = Map.groupBy(entries, (entry) => entry.text);
  return [...byText]
    .map(([text, packages]) => `${[...new Set(packages.map(({ name }) => name))].join('\n')}\n\n${text.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package a file of node_modules belongs to; empty for a file of ours. */
function packageFolder(file: string): string {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? '';
}

function entryOf(folder: string): { readonly name: string; readonly text: string } {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const field = (name: string): string => String(Reflect.get(Object(manifest), name) ?? '');
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file === undefined ? `Licence: ${field('license')}` : readFileSync(join(folder, file), 'utf8');
  return { name: `${field('name')} ${field('version')} (${field('license')})`, text };
}
