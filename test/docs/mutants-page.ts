import { MUTANTS } from '../mutants/catalogue.ts';
import { readRecord, type Row } from '../mutants/record.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { table } from './table.ts';

/** docs/mutants.md, from the catalogue of mutants and the record of their last hunt. */
export function mutantsPage(): string {
  const rows = new Map(readRecord().map((row) => [row.id, row]));
  const killed = [...rows.values()].filter(({ killed }) => killed !== undefined).length;
  const covered = [...rows.values()].filter(({ covered }) => covered !== undefined).length;
  const files = (mutant: Mutant): string =>
    [...new Set(mutant.edits.map(({ file }) => `\`${file.replace(/^packages\//, '').replace('/src/', '/')}\``))].join(
      ', ',
    );
  return `${[
    head(MUTANTS.length, { killed, covered }),
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

const head = (all: number, { killed, covered }: { killed: number; covered: number }): string => `# Mutants

<!-- Made from test/mutants/catalogue and test/mutants/record.json by \`pnpm docs:write\`. \`node test/mutants/main.ts\` makes the record. -->

${all} safeguards, each switched off alone. The shipped code has no switch: a mutant is an edit of a source that a module hook makes as the
file is loaded, and a test holds that each edit still finds its place. The simulator then runs seeds until a promise breaks that the same
seed keeps with the safeguard on: **${killed} die that way**. Where none does, another safeguard stands in, and the two together must die at a seed
at which neither does alone: **${covered} are covered**. The other ${all - killed - covered} are not distinguished, with the reason.

A seed is run again by \`INFRAFABRIC_MUTANTS=<mutant> node --import ./test/mutants/hook.ts test/simulation/main.ts --seed <seed>\`. The invariants are
those of \`test/checker\`; \`HANG\` is a run that does not end, \`CRASH\` a process that ends on an error of its own, \`UNEXPECTED\` an error that is none of ours.`;

function fateOf({ undistinguished }: Mutant, row: Row | undefined): string {
  if (row?.killed !== undefined) return `seed ${row.killed.seed}, ${row.killed.invariant}`;
  if (row?.covered !== undefined) {
    const { by, seed, invariant } = row.covered;
    return `covered by \`${by}\`; the pair dies at seed ${seed}, ${invariant}`;
  }
  const reason = undistinguished ?? 'no seed and no pair tells yet';
  return `not distinguished${row === undefined ? '' : ` in ${row.seeds} seeds`}: ${reason}`;
}
