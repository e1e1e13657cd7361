import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** The floors: a package imports only from packages on a lower floor. */
const FLOORS: Record<string, number> = {
  protocol: 0,
  finops: 1,
  upgrade: 2,
  collect: 3,
  bus: 3,
  store: 3,
  'aws-local': 3,
  llm: 3,
  agents: 4,
  report: 4,
  runtime: 5,
  api: 6,
  web: 6,
  infra: 6,
  // These doors open the API's as well: `serve` loads it on use, and a function mounts it.
  cli: 7,
  lambda: 7,
};

/** Built-in modules with side effects that the pure floors 1 and 2 may not touch. */
const IMPURE = /^node:(?!crypto$|path\/posix$)/;

test('every file imports only from lower floors', () => {
  const broken = sources().flatMap(({ owner, file, imports }) =>
    imports
      .filter((name) => name.startsWith('@infrafabric/'))
      .map((name) => name.split('/')[1] ?? '')
      .filter((target) => target !== owner && (FLOORS[target] ?? 99) >= (FLOORS[owner] ?? -1))
      .map((target) => `${file}: ${owner} (floor ${FLOORS[owner]}) imports ${target} (floor ${FLOORS[target]})`),
  );

  expect(broken).toStrictEqual([]);
});

test('no file reaches into the source of another package by a relative path', () => {
  const broken = sources().flatMap(({ file, home, imports }) =>
    imports
      .filter((name) => name.startsWith('.') && !resolve(ROOT, file, '..', name).startsWith(`${home}/`))
      .map((name) => `${file}: ${name}`),
  );

  expect(broken).toStrictEqual([]);
});

test('the pure floors touch no I/O, clock or randomness', () => {
  const broken = sources()
    .filter(({ owner, file }) => ['finops', 'upgrade'].includes(owner) && !file.includes('/testing/'))
    .flatMap(({ file, imports, text }) => [
      ...imports.filter((name) => IMPURE.test(name)).map((name) => `${file}: ${name}`),
      ...(/\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env|performance\.now/.test(text)
        ? [`${file}: impure call`]
        : []),
    ]);

  expect(broken).toStrictEqual([]);
});

test('only runtime reads the environment', () => {
  const broken = sources()
    .filter(
      ({ owner, file, text }) =>
        owner !== 'runtime' && owner !== 'cli' && !file.includes('/testing/') && /process\.env\b/.test(text),
    )
    .map(({ file }) => file);

  expect(broken).toStrictEqual([]);
});

interface Source {
  owner: string;
  home: string;
  file: string;
  text: string;
  imports: string[];
}

function sources(): Source[] {
  const homes = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(ROOT, group)).map((owner) => ({ owner, home: join(ROOT, group, owner) })),
  );
  return [...homes, { owner: 'infra', home: join(ROOT, 'infra') }].flatMap(({ owner, home }) =>
    walk(join(home, 'src'))
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
      .map((path) => {
        const text = readFileSync(path, 'utf8');
        return { owner, home, file: relative(ROOT, path), text, imports: importsOf(text) };
      }),
  );
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}
