import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { demoFiles } from './demo-files.ts';

/** Writes the demo sample anew: `node test/demo/generate.ts`. */
function main(): void {
  const folder = resolve(import.meta.dirname, '../../examples/demo');
  rmSync(join(folder, 'estate'), { recursive: true, force: true });
  for (const [path, text] of demoFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

main();
