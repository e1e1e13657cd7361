import { resolve } from 'node:path';
import { runScript } from './own-process.ts';

/** What became of the recorded kills of mutants. */
export interface Mutated {
  readonly died: number;
  /** Died at another seed than the recorded one. */
  readonly moved: number;
  /** Names of those that live. */
  readonly living: readonly string[];
  readonly isWhole: boolean;
}

const SCRIPT = resolve(import.meta.dirname, '../mutants/main.ts');

/** Switches each safeguard off and runs the seed that is known to show it. */
export async function replayMutants(workers: number, stop: AbortSignal): Promise<Mutated> {
  const { out, status } = await runScript(SCRIPT, ['--replay', '--workers', String(workers)], stop);
  const [, died, moved] = /^(\d+) died again, (\d+) at another seed/m.exec(out) ?? [];
  const living = [...out.matchAll(/^lives: (.*)$/gm)].map(([, name = '']) => name);
  if (died !== undefined) return { died: Number(died), moved: Number(moved), living, isWhole: Number(died) > 0 };
  return { died: 0, moved: 0, living: stop.aborted ? [] : [`the replay ended with ${status}`], isWhole: false };
}
