import {
  isSessionOver,
  isTerminal,
  Phase,
  type SessionEvent,
  type SessionRecord,
  type TaskStatus,
} from '@infrafabric/protocol';

/** What a reader of a session's state was told already. */
export interface Told {
  readonly once: Set<string>;
  readonly planned: Map<string, number>;
}

/** Nothing was told yet. */
export const noneTold = (): Told => ({ once: new Set(), planned: new Map() });

/** What a reader was told by these events. */
export function toldBy(events: readonly SessionEvent[]): Told {
  const told = noneTold();
  for (const event of events) {
    if (event.type === 'session-started') told.once.add('started');
    if (event.type === 'session-ended') told.once.add('ended');
    if (event.type === 'task-leased') told.once.add(`taken ${event.task_id} ${event.attempt}`);
    if (event.type === 'task-ended') told.once.add(`ended ${event.task_id}`);
    if (event.type === 'plan-made') told.planned.set(event.phase, (told.planned.get(event.phase) ?? 0) + event.tasks);
  }
  return told;
}

/**
 * What the state of a session says happened and was not told yet, phase by phase, so that the end of one is heard before the
 * plan of the next; in a phase by time. What was written without a time is told with `nowMs`.
 */
export function eventsOf(
  session: SessionRecord,
  statuses: readonly TaskStatus[],
  told: Told,
  nowMs: number,
): SessionEvent[] {
  const { session_id, state, created_at_ms, ended_at_ms = nowMs } = session;
  const started: SessionEvent = { session_id, at_ms: created_at_ms, type: 'session-started' };
  const phases = Phase.options.map((phase) => phaseEvents(session_id, phase, statuses, { told, nowMs }));
  const ended: SessionEvent = { session_id, at_ms: ended_at_ms, type: 'session-ended', state };
  return [
    ...(isFirst(told, 'started') ? [started] : []),
    ...phases.flat(),
    ...(isSessionOver(state) && isFirst(told, 'ended') ? [ended] : []),
  ];
}

interface Telling {
  readonly told: Told;
  readonly nowMs: number;
}

function phaseEvents(
  session_id: SessionRecord['session_id'],
  phase: Phase,
  statuses: readonly TaskStatus[],
  { told, nowMs }: Telling,
): SessionEvent[] {
  const members = statuses.filter((status) => status.phase === phase);
  const tasks = members.length - (told.planned.get(phase) ?? 0);
  told.planned.set(phase, members.length);
  const first = members.map(({ dispatched_at_ms = nowMs }) => dispatched_at_ms).reduce((a, b) => Math.min(a, b), nowMs);
  const plan: SessionEvent = { session_id, at_ms: first, type: 'plan-made', phase, tasks };
  const happened = members.flatMap((status) => taskEvents(session_id, status, { told, nowMs }));
  return [...(tasks > 0 ? [plan] : []), ...happened.sort((a, b) => a.at_ms - b.at_ms)];
}

/** That a task was taken last, and that it ended. */
function taskEvents(
  session_id: SessionRecord['session_id'],
  status: TaskStatus,
  { told, nowMs }: Telling,
): SessionEvent[] {
  const { task_id, role, state, attempt, owner, leased_at_ms, ended_at_ms = nowMs, code } = status;
  const task = { session_id, task_id, role, ...(owner === undefined ? {} : { agent_id: owner }) };
  const wasTaken = leased_at_ms !== undefined && attempt > 0 && isFirst(told, `taken ${task_id} ${attempt}`);
  const hasEnded = isTerminal(state) && isFirst(told, `ended ${task_id}`);
  return [
    ...(wasTaken ? [{ ...task, at_ms: leased_at_ms, type: 'task-leased', attempt } as const] : []),
    ...(hasEnded && isTerminal(state)
      ? [{ ...task, at_ms: ended_at_ms, type: 'task-ended', state, ...(code === undefined ? {} : { code }) } as const]
      : []),
  ];
}

function isFirst({ once }: Told, what: string): boolean {
  const first = !once.has(what);
  once.add(what);
  return first;
}
