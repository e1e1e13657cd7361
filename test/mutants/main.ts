import { parseArgs } from 'node:util';
import { MUTANTS } from './catalogue.ts';
import { huntAll } from './hunt-all.ts';
import { readRecord, writeRecord, writeTest } from './record.ts';
import { replayKills } from './replay.ts';
import { testThatTells } from './unit-tests.ts';

/**
 * `node test/mutants/main.ts [--seeds N] [--only ID,ID] [--open] [--alone] [--workers 2] [--replay] [--tests]`: switches each safeguard off in turn and runs the
 * simulator until a promise breaks; writes record.json, from which `pnpm docs:write` makes docs/mutants.md.
 *
 * `--open` goes on with what nothing has killed yet, from the seed after the last; `--alone` hunts
 * no pairs; `--replay` runs every recorded kill at its seed. Exit 1 when something lives.
 *
 * `--tests` runs the unit tests instead, with the safeguards off that no seed told, and records the first that fails.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    only: { type: 'string' },
    open: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
    replay: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
  },
});
const workers = Number(values.workers);
const order = MUTANTS.map(({ id }) => id);
const only = values.only?.split(',');

if (values.replay) {
  const { died, moved, survived } = await replayKills({ workers });
  console.log(`${died} died again, ${moved.length} at another seed (${moved.join(', ')}), ${survived.length} live`);
  for (const name of survived) console.log(`lives: ${name}`);
  process.exitCode = survived.length === 0 ? 0 : 1;
} else if (values.tests) {
  const killed = new Set(readRecord().flatMap((row) => (row.killed === undefined ? [] : [row.id])));
  for (const mutant of MUTANTS.filter(({ id }) => only?.includes(id) ?? !killed.has(id))) {
    const test = await testThatTells(mutant);
    writeTest(mutant.id, test, order);
    console.log(`${mutant.id}: ${test === undefined ? 'no test tells' : `${test.name} (${test.file})`}`);
  }
} else {
  const settled = new Set(readRecord().flatMap(({ id, killed, covered }) => ((killed ?? covered) ? [id] : [])));
  const wanted = MUTANTS.filter(({ id }) => only?.includes(id) ?? !(values.open && settled.has(id)));
  const rows = new Map(readRecord().map((row) => [row.id, row]));
  await huntAll(wanted, {
    seeds: Number(values.seeds),
    workers,
    inPairs: !values.alone,
    outlived: (id) => (values.open ? (rows.get(id)?.seeds ?? 0) : 0),
    onRow(row, message) {
      writeRecord([row], order);
      const end = row.killed ?? row.covered;
      const how = row.covered === undefined ? '' : `covered by ${row.covered.by}; the pair `;
      console.log(
        end === undefined
          ? `${row.id}: lives after ${row.seeds} seeds`
          : `${row.id}: ${how}died at seed ${end.seed} (${end.invariant}: ${message})`,
      );
    },
  });
}
