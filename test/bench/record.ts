import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';

/** A measured figure and the bar or the peer it stands beside. */
export interface Measured {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** A bar of DESIGN section 12, or a peer of the same run; absent when there is none. */
  readonly limit?: number | undefined;
  readonly places?: number;
}

const PAGE = resolve(import.meta.dirname, '../../docs/bench.md');

const HEAD = `# Benchmarks

Appended by \`BENCH_WRITE=1 pnpm bench\`, never edited by hand: dated figures beside the bar of the design, or a peer of the same run. A machine shared with others
is slower on the wall clock than on the processor, so both are given; ratios count, single numbers do not.

| date | commit | machine | what | measured | bar | ratio |
| --- | --- | --- | --- | ---: | ---: | ---: |
`;

/** Prints figures beside their limits, and appends them to docs/bench.md when BENCH_WRITE is set. */
export function record(all: readonly Measured[]): void {
  for (const one of all) console.log(`${one.what}: ${textOf(one.value, one)}${beside(one)}`);
  if (process.env['BENCH_WRITE'] === undefined) return;
  if (!existsSync(PAGE)) writeFileSync(PAGE, HEAD);
  appendFileSync(PAGE, all.map(rowOf).join(''));
}

/** The middle of some values. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function beside(one: Measured): string {
  if (one.limit === undefined) return '';
  return ` (bar ${textOf(one.limit, one)}, ratio ${(one.value / one.limit).toFixed(2)})`;
}

function rowOf(one: Measured): string {
  const { limit } = one;
  const [bar, ratio] = limit === undefined ? ['–', '–'] : [textOf(limit, one), (one.value / limit).toFixed(2)];
  const [load = 0] = loadavg();
  const machine = `${availableParallelism()} cores, load ${load.toFixed(1)}, Node ${process.versions.node}`;
  const day = new Date().toISOString().slice(0, 10);
  return `| ${day} | ${commit()} | ${machine} | ${one.what} | ${textOf(one.value, one)} | ${bar} | ${ratio} |\n`;
}

function textOf(value: number, { unit, places = 0 }: Measured): string {
  return `${value.toFixed(places)} ${unit}`;
}

function commit(): string {
  const ran = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: import.meta.dirname });
  return ran.status === 0 ? ran.stdout.trim() : 'unknown';
}
