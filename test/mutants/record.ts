import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kill } from './hunt.ts';
import type { TestKill } from './unit-tests.ts';

/** What is known of a mutant. */
export interface Row {
  readonly id: string;
  /** How many seeds were run while it lived, the killing one included. */
  readonly seeds: number;
  readonly killed?: Omit<Kill, 'message'> | undefined;
  /** Where no seed killed it: the safeguard that stands in, and where both off died. */
  readonly covered?: (Omit<Kill, 'message'> & { readonly by: string }) | undefined;
  /** The unit test that tells, looked for where no seed did. */
  readonly test?: TestKill | undefined;
}

const PATH = join(import.meta.dirname, 'record.json');

/** The rows of the last run, by id. */
export function readRecord(): Row[] {
  const rows: unknown = JSON.parse(readFileSync(PATH, 'utf8'));
  if (!Array.isArray(rows)) throw new TypeError('expected the record of mutants to be a list');
  return rows as Row[];
}

/** Replaces what the hunt knows of these mutants; the others, and the tests that tell, stay. */
export function writeRecord(rows: readonly Row[], order: readonly string[]): void {
  const tests = new Map(readRecord().map(({ id, test }) => [id, test]));
  write(
    rows.map((row) => ({ ...row, test: tests.get(row.id) })),
    order,
  );
}

/** Writes the test that tells a mutant, or that none does, beside what the hunt knows of it. */
export function writeTest(id: string, test: TestKill | undefined, order: readonly string[]): void {
  const row = readRecord().find((one) => one.id === id) ?? { id, seeds: 0 };
  write([{ ...row, test }], order);
}

function write(rows: readonly Row[], order: readonly string[]): void {
  const all = new Map([...readRecord(), ...rows].map((row) => [row.id, row]));
  const kept = order.flatMap((id) => all.get(id) ?? []);
  writeFileSync(PATH, `[\n${kept.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
}
