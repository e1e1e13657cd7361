import { EXIT, type ExitStatus } from '../exit-status.ts';

/** The exit status of a session that ended so. One that failed as a whole failed by a bug of ours: whatever can go wrong with a task is a gap. */
export function statusOfState(state: string): ExitStatus {
  const statuses: Readonly<Record<string, ExitStatus>> = {
    DONE: EXIT.complete,
    DONE_WITH_GAPS: EXIT.gaps,
    CANCELLED: EXIT.cancelled,
  };
  return statuses[state] ?? EXIT.bug;
}
