import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const CHECKER = resolve(import.meta.dirname, '../checker');

test('the checker of histories knows nothing of the product', () => {
  const files = readdirSync(join(CHECKER, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const imports = files.flatMap((path) =>
    [...readFileSync(join(CHECKER, 'src', path), 'utf8').matchAll(/(?:from |import |import\()'([^']+)'/g)].map(
      ([, name = '']) => name,
    ),
  );
  const outside = imports.filter((name) => !name.startsWith('./') && !name.startsWith('../'));
  const { dependencies }: { dependencies: object } = JSON.parse(readFileSync(join(CHECKER, 'package.json'), 'utf8'));

  expect([...new Set(outside)].filter((name) => !name.startsWith('node:')).toSorted()).toStrictEqual([
    'canonicalize',
    'vitest',
  ]);
  expect(imports.filter((name) => name.includes('../../'))).toStrictEqual([]);
  expect(Object.keys(dependencies)).toStrictEqual(['canonicalize']);
});
