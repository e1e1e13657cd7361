import { MUTANTS } from '../mutants/catalogue.ts';
import { readRecord, type Row } from '../mutants/record.ts';
import type { Mutant } from '../mutants/mutant.ts';
import type { TestKill } from '../mutants/unit-tests.ts';
import { table } from './table.ts';

/** docs/mutants.md, from the catalogue of mutants and the record of their last hunt. */
export function mutantsPage(): string {
  const rows = new Map(readRecord().map((row) => [row.id, row]));
  const files = (mutant: Mutant): string =>
    [...new Set(mutant.edits.map(({ file }) => `\`${file.replace(/^packages\//, '').replace('/src/', '/')}\``))].join(
      ', ',
    );
  return `${[
    head([...rows.values()]),
    table(
      ['mutant', 'safeguard', 'in', 'what killed it'],
      MUTANTS.map((mutant) => [
        `\`${mutant.id}\``,
        mutant.safeguard,
        files(mutant),
        fateOf(mutant, rows.get(mutant.id)),
      ]),
    ),
  ].join('\n\n')}\n`;
}

function head(rows: readonly Row[]): string {
  const killed = rows.filter((row) => row.killed !== undefined).length;
  const covered = rows.filter((row) => row.killed === undefined && row.covered !== undefined).length;
  const tested = rows.filter((row) => isTestOnly(row)).length;
  return `# Mutants

<!-- Made from test/mutants/catalogue and test/mutants/record.json by \`pnpm docs:write\`. \`node test/mutants/main.ts\` makes the record. -->

${MUTANTS.length} safeguards, each switched off alone. The shipped code has no switch: a mutant is an edit of a source that a module hook makes as the
file is loaded, and a test holds that each edit still finds its place. There are three judges.

- The simulator runs seeds until a promise breaks that the same seed keeps with the safeguard on: **${killed} die that way**.
- Where none does, another safeguard stands in, and the two together must die at a seed at which neither does alone: **${covered} are covered**.
- What neither tells is held against the unit tests of its package, and of the agents: **${tested} are killed by a test** that fails with the
  safeguard off and passes with it on. A mutant that is covered names its test as well.

Not distinguished, with the reason: ${MUTANTS.length - killed - covered - tested}. \`pnpm torture\` replays what the simulator killed, alone or in a pair; the tests judge again with
\`node test/mutants/main.ts --tests\`.

A seed is run again by \`INFRAFABRIC_MUTANTS=<mutant> node --import ./test/mutants/hook.ts test/simulation/main.ts --seed <seed>\`. The invariants are
those of \`test/checker\`; \`HANG\` is a run that does not end, \`CRASH\` a process that ends on an error of its own, \`UNEXPECTED\` an error that is none of ours.
A test is run again by \`INFRAFABRIC_MUTANTS=<mutant> vitest run --project unit <file>\`.`;
}

const isTestOnly = ({ killed, covered, test }: Row): boolean => !killed && !covered && test !== undefined;

function fateOf({ undistinguished }: Mutant, row: Row | undefined): string {
  if (row?.killed !== undefined) return `seed ${row.killed.seed}, ${row.killed.invariant}`;
  const test = row?.test === undefined ? undefined : testOf(row.test);
  if (row?.covered !== undefined) {
    const { by, seed, invariant } = row.covered;
    const alone = test === undefined ? '' : `; alone killed by ${test}`;
    return `covered by \`${by}\`; the pair dies at seed ${seed}, ${invariant}${alone}`;
  }
  const reason = `${row === undefined ? '' : ` in ${row.seeds} seeds`}: ${undistinguished ?? 'no seed and no pair tells yet'}`;
  return test === undefined ? `not distinguished${reason}` : `killed by ${test}; by no seed${reason}`;
}

const testOf = ({ file, name }: TestKill): string =>
  `the test \`${name}\` (\`${file.replace(/^packages\//, '').replace('/src/', '/')}\`)`;
