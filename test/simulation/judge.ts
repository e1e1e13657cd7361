import { checkHistory, type Violation } from '@infrafabric/history-checker';
import type { SeedRun } from './run-seed.ts';

/** What a run broke: promises, as the checker finds them in its history, and what only the simulator can see. */
export function judge({ history, unexpected }: SeedRun): Violation[] {
  const seq = history.length - 1;
  return [...checkHistory(history), ...unexpected.map((message) => ({ invariant: 'UNEXPECTED', seq, message }))];
}
