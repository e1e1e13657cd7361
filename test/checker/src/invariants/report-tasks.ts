import type { Found, Invariant } from '../invariant.ts';
import type { HistoryIndex } from '../history-index.ts';
import { type Listing, listingsOf } from '../listing.ts';

export const REPORT_TASKS: Invariant = {
  id: 'I7',
  says: 'A report lists each planned task exactly once, as a result or as a named gap.',
  check: (index) => listingsOf(index).flatMap((listing) => miscounted(listing, index)),
};

function miscounted({ report, session, results, gaps }: Listing, index: HistoryIndex): Found[] {
  const planned = index.plannedIn(session);
  if (planned === undefined) return [];
  const counts = new Map<string, number>(planned.map((task) => [task, 0]));
  for (const { task_id } of [...results, ...gaps]) counts.set(task_id, (counts.get(task_id) ?? 0) + 1);
  const wanted = new Set(planned);
  return [...counts].flatMap(([task, times]) => {
    if (times === 1 && wanted.has(task)) return [];
    const what = wanted.has(task) ? `lists planned task ${task} ${times} times` : `lists ${task}, which nobody planned`;
    return [{ seq: report.seq, message: `the report of ${session.session_id} ${what}` }];
  });
}

export const WORK_KEPT: Invariant = {
  id: 'I19',
  says: 'While fault rates are below the stated limits no work is lost: no deadline ends a task or session, and no committed result is left out.',
  check: (index) => (index.world.within_limits ? [...lostTasks(index), ...lostSessions(index), ...leftOut(index)] : []),
};

function lostTasks({ tasks, sessions }: HistoryIndex): Found[] {
  return [...tasks.values()].flatMap(({ session, name, steps }) => {
    const last = steps.at(-1);
    if (last === undefined) return [];
    const { state, code } = last.after;
    const why = state === 'FAILED' && code === 'DEADLINE' ? 'by its deadline' : undefined;
    const owner = sessions.get(session)?.last;
    const isOurs = state === 'CANCELLED' && owner?.cancel !== true && owner?.state.startsWith('DONE') === true;
    const lost = isOurs ? 'by a cancel that nobody asked for' : why;
    return lost === undefined ? [] : [{ seq: last.seq, message: `task ${name} was ended ${lost}` }];
  });
}

function lostSessions({ sessions }: HistoryIndex): Found[] {
  return [...sessions.values()].flatMap(({ name, steps, last }) =>
    last?.state === 'FAILED' && last.code === 'DEADLINE'
      ? [{ seq: steps.at(-1)?.seq ?? 0, message: `session ${name} was ended by its deadline` }]
      : [],
  );
}

/** A result that was committed is in the report, unless somebody changed what it rests on. */
function leftOut(index: HistoryIndex): Found[] {
  return listingsOf(index).flatMap(({ report, session, gaps }) => {
    if (index.tampered.size > 0) return [];
    return gaps
      .filter(({ code }) => code === 'UNVERIFIED')
      .map(({ task_id }) => ({
        seq: report.seq,
        message: `the report of ${session.session_id} leaves out the result of ${task_id}, which nobody tampered with`,
      }));
  });
}
