import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { type Fired, hitsByPoint } from '../fire/run.ts';
import type { Problem } from '../fire/scenario.ts';
import type { Mutated } from './mutated.ts';
import type { Simulated } from './simulated.ts';

/** What a run of everything, or of some parts, came to. */
export interface Tortured {
  readonly seed: number;
  readonly minutes: number;
  readonly simulated: Simulated | undefined;
  readonly mutated: Mutated | undefined;
  readonly fired: Fired | undefined;
}

/** A line of the table: what, and how much. */
type Figure = readonly [what: string, value: string];

/** Prints the table and what was broken, with the command that runs it again; whether all promises were kept. */
export function printSummary(all: Tortured): boolean {
  const rows = figures(all);
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, value] of rows) console.log(`${what.padEnd(width)}  ${value}`);
  for (const line of all.fired === undefined ? [] : pointLines(all.fired)) console.log(line);
  const failures = failuresOf(all);
  for (const line of failures) console.log(line);
  return failures.length === 0;
}

/** The figures of a run, in the order in which they are read. */
export function figures(all: Tortured): Figure[] {
  const { simulated, mutated, fired } = all;
  return [
    ['date', new Date().toISOString().slice(0, 10)],
    ['commit', commit()],
    [
      'machine',
      `${availableParallelism()} cores, Node ${process.versions.node}, ${all.minutes.toFixed(1)} minutes, seed ${all.seed}`,
    ],
    ...(simulated === undefined ? [] : simulatedFigures(simulated)),
    ...(mutated === undefined ? [] : mutatedFigures(mutated)),
    ...(fired === undefined ? [] : firedFigures(fired)),
  ];
}

const simulatedFigures = ({ seeds, crashes, forged, twice, failing, isWhole }: Simulated): Figure[] => [
  [
    'simulated seeds',
    `${count(seeds)}${cut(isWhole)}; ${count(crashes)} crashes, ${count(forged)} forged or replayed messages`,
  ],
  ['seeds run twice', `${count(twice)}, each the same`],
  ['seeds that broke a promise', String(failing.length)],
];

const mutatedFigures = ({ died, moved, living }: Mutated): Figure[] => [
  [
    'safeguards switched off',
    `${died + moved + living.length}, ${died + moved} shown to be needed${moved === 0 ? '' : ` (${moved} at another seed)`}`,
  ],
];

function firedFigures({ kills, hits, unreached, failures, scenarios, isWhole, skipped }: Fired): Figure[] {
  const all = failures.flatMap(({ problems }) => problems);
  const of = (kind: Problem['kind']): string => String(all.filter((problem) => problem.kind === kind).length);
  const each = [...scenarios].map(([kind, n]) => `${kind} ${n}`).join(', ');
  const least = Math.min(...hitsByPoint(hits).map(([, n]) => n));
  return [
    ['scenarios of real processes', `${[...scenarios.values()].reduce((a, b) => a + b, 0)}${cut(isWhole)}: ${each}`],
    ['kill -9', count(kills)],
    ['named crash points', `${hits.size} of ${hitsByPoint(hits).length} hit, each at least ${least} times`],
    ...(isWhole && unreached.length > 0 ? [['points not hit often enough', unreached.join(', ')] as const] : []),
    ['lost sessions', of('lost')],
    ['broken invariants', of('broken')],
    ['differing reports', of('report')],
    ...skipped.map((why): Figure => ['skipped', why]),
  ];
}

/** Hits of each point, some a line. */
export function pointLines({ hits }: Fired): string[] {
  const all = hitsByPoint(hits).map(([point, n]) => `${point} ${n}`);
  return Array.from(
    { length: Math.ceil(all.length / 6) },
    (_, line) => `  ${all.slice(line * 6, line * 6 + 6).join(', ')}`,
  );
}

function failuresOf({ simulated, mutated, fired }: Tortured): string[] {
  const points = fired?.isWhole === true ? fired.unreached : [];
  return [
    ...(simulated?.failing ?? []).map(
      ({ seed, why }) => `seed ${seed}: ${why}\n  node test/simulation/main.ts --seed ${seed} --trace`,
    ),
    ...(mutated?.living ?? []).map((id) => `mutant lives: ${id}\n  node test/mutants/main.ts --only ${id}`),
    ...(fired?.failures ?? []).map(
      ({ spec, problems }) =>
        `${spec}: ${problems.map(({ text }) => text).join('\n  ')}\n  pnpm torture --replay '${spec}'`,
    ),
    ...points.map((point) => `crash point not hit often enough: ${point}`),
  ];
}

const cut = (isWhole: boolean): string => (isWhole ? '' : ' (cut short)');

const count = (n: number): string => n.toLocaleString('en-US');

function commit(): string {
  const ran = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: import.meta.dirname });
  return ran.status === 0 ? ran.stdout.trim() : 'unknown';
}
