import type { Violation } from '@infrafabric/history-checker';
import type { SeedRun } from './run-seed.ts';

/** What a run broke: promises, as the checker finds them in its history, and what only the simulator can see. */
export function judge(run: SeedRun): Violation[] {
  return run.unexpected.map((message) => ({ invariant: 'UNEXPECTED', seq: run.history.length - 1, message }));
}
