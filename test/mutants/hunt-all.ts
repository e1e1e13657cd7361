import { hunt, type Kill, type Seeds } from './hunt.ts';
import type { Mutant } from './mutant.ts';
import type { Row } from './record.ts';

/** How long mutants are hunted, and who hears of each. */
export interface Hunting {
  /** The most seeds a mutant and a pair are run over. */
  readonly seeds: number;
  readonly workers: number;
  readonly inPairs: boolean;
  /** How many seeds each has outlived already. */
  readonly outlived: (id: string) => number;
  readonly onRow: (row: Row, message: string) => void;
}

/** Hunts mutants, several at a time; one that no seed kills is hunted together with each safeguard that may cover it. */
export async function huntAll(
  mutants: readonly Mutant[],
  { seeds, workers, inPairs, outlived, onRow }: Hunting,
): Promise<void> {
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const { row, message } = await huntOne(mutant, [outlived(mutant.id) + 1, seeds], inPairs);
      onRow(row, message);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function huntOne(
  { id, coveredBy = [] }: Mutant,
  range: Seeds,
  inPairs: boolean,
): Promise<{ row: Row; message: string }> {
  const [, seeds] = range;
  const kill = await hunt([id], range);
  if (kill !== undefined) return { row: { id, seeds: kill.seed, killed: placeOf(kill) }, message: kill.message };
  for (const by of inPairs ? coveredBy : []) {
    const pair = await hunt([id, by], [1, seeds]);
    if (pair !== undefined) return { row: { id, seeds, covered: { by, ...placeOf(pair) } }, message: pair.message };
  }
  return { row: { id, seeds }, message: '' };
}

const placeOf = ({ seed, invariant }: Kill): Omit<Kill, 'message'> => ({ seed, invariant });
