import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PAGES } from './pages.ts';

/** `pnpm docs:write`: writes every page that is made from definitions in code. */
const ROOT = resolve(import.meta.dirname, '../..');
for (const [path, text] of PAGES) {
  writeFileSync(join(ROOT, path), text());
  console.log(path);
}
