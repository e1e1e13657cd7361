import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * `pnpm bench [name...]`: runs every package's benchmarks one after another; each prints its figures beside a peer or a limit.
 *
 * Benchmarks measure and never fail on a number; one that cannot run fails the whole. With BENCH_WRITE=1 figures are appended to
 * docs/bench.md; BENCH_RESOURCES (such as `10000,100000`) and BENCH_ROUNDS choose how much `estate` and `rules` do.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const wanted = process.argv.slice(2);
const files = globSync(['packages/*/bench/*.ts', 'test/bench/{estate,fairness,recovery,rules,sessions,swarm}.ts'], {
  cwd: ROOT,
}).sort();
const chosen = files.filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)));
console.log(
  `Node ${process.versions.node}, ${process.platform} ${process.arch}; ratios and medians count, single numbers do not.`,
);
const broken = chosen.filter((file) => {
  console.log(`\n## ${file}`);
  return spawnSync(process.execPath, ['--expose-gc', join(ROOT, file)], { stdio: 'inherit', cwd: ROOT }).status !== 0;
});
if (broken.length > 0) {
  console.error(`\ncould not run: ${broken.join(', ')}`);
  process.exitCode = 1;
}
