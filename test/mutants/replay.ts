import { diesAt, hunt } from './hunt.ts';
import { readRecord, type Row } from './record.ts';

/** What became of the recorded kills. */
export interface Replay {
  /** Mutants and pairs that died again, at their seed. */
  readonly died: number;
  /** Those that died at a later seed: the simulator has changed since the table was made. */
  readonly moved: readonly string[];
  /** Those that lived. */
  readonly survived: readonly string[];
}

/** Where the simulator changed, a mutant is looked for at so many other seeds. */
const NEAR = 60;

/** Runs every recorded kill again at its seed; `pnpm torture` does. */
export async function replayKills({ workers = 2 }: { readonly workers?: number } = {}): Promise<Replay> {
  const waiting = readRecord().flatMap((row) => recordedOf(row));
  const found = { died: 0, moved: [] as string[], survived: [] as string[] };
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const name = one.ids.join('+');
      if (await diesAt(one.ids, one.seed)) found.died += 1;
      else if ((await hunt(one.ids, [1, NEAR])) !== undefined) found.moved.push(name);
      else found.survived.push(name);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return found;
}

function recordedOf({ id, killed, covered }: Row): { readonly ids: readonly string[]; readonly seed: number }[] {
  if (killed !== undefined) return [{ ids: [id], seed: killed.seed }];
  return covered === undefined ? [] : [{ ids: [id, covered.by], seed: covered.seed }];
}
