import { EXIT, type ExitStatus } from '../exit-status.ts';

/** The exit status of a session that ended so. It fails as a whole by its deadline, by data that is gone, or by a bug of ours: whatever goes wrong with a task is a gap. */
export function statusOfState(state: string, code: string | null): ExitStatus {
  const statuses: Readonly<Record<string, ExitStatus>> = {
    DONE: EXIT.complete,
    DONE_WITH_GAPS: EXIT.gaps,
    CANCELLED: EXIT.cancelled,
  };
  return statuses[state] ?? (code === null || BUGS.has(code) ? EXIT.bug : EXIT.environment);
}

/** Codes of failures that are nobody's surroundings. */
const BUGS: ReadonlySet<string> = new Set(['UNEXPECTED', 'REJECTED', 'WORK_LIST_INVALID', 'TASK_UNSUPPORTED']);
