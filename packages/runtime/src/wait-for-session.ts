import {
  isSessionOver,
  type Observer,
  type SessionId,
  type SessionRecord,
  type TaskState,
  type TaskStatus,
} from '@infrafabric/protocol';
import { RuntimeError } from './errors.ts';
import type { Fabric } from './fabric.ts';

/** How often a session that runs elsewhere is looked at. */
const LOOK_MS = 200;

/** How to follow a session. */
export interface WaitOptions {
  readonly observer: Observer;
  /** Ends the wait before the session is over. */
  readonly until?: (session: SessionRecord) => boolean;
  /** Ends the wait at the next look. */
  readonly signal?: AbortSignal;
}

/** Follows a session that other processes run until it is over, telling the observer what changed. */
export async function waitForSession(
  fabric: Pick<Fabric, 'state' | 'clock'>,
  id: SessionId,
  { observer, until, signal }: WaitOptions,
): Promise<SessionRecord> {
  const told: Told = { ended: new Set(), planned: new Map() };
  observer.event({ type: 'session-started', session_id: id, at_ms: fabric.clock.nowMs() });
  for (;;) {
    const session = await fabric.state.session(id);
    if (session === undefined)
      throw new RuntimeError('STATE_LOST', { message: 'the session is gone from the state store', where: id });
    tell(session, await fabric.state.taskStatuses(id), told, { observer, atMs: fabric.clock.nowMs() });
    if (isSessionOver(session.state)) {
      observer.event({
        type: 'session-ended',
        session_id: id,
        at_ms: fabric.clock.nowMs(),
        state: session.state,
      });
    }
    if (isSessionOver(session.state) || until?.(session) === true || signal?.aborted === true) return session;
    await fabric.clock.sleep(LOOK_MS, signal);
  }
}

/** What the observer knows already. */
interface Told {
  readonly ended: Set<string>;
  readonly planned: Map<string, number>;
}

const PHASES = ['collection', 'analysis'] as const;

/** Tells phase by phase, so that the end of one is heard before the plan of the next. */
function tell(
  { session_id }: SessionRecord,
  statuses: readonly TaskStatus[],
  told: Told,
  { observer, atMs: at_ms }: { readonly observer: Observer; readonly atMs: number },
): void {
  for (const phase of PHASES) {
    const members = statuses.filter((status) => status.phase === phase);
    const tasks = members.length - (told.planned.get(phase) ?? 0);
    if (tasks > 0) observer.event({ type: 'plan-made', session_id, at_ms, phase, tasks });
    told.planned.set(phase, members.length);
    for (const { task_id, role, state, code } of members) {
      if (!hasEnded(state) || told.ended.has(task_id)) continue;
      told.ended.add(task_id);
      observer.event({
        type: 'task-ended',
        session_id,
        at_ms,
        task_id,
        role,
        state,
        ...(code === undefined ? {} : { code }),
      });
    }
  }
}

function hasEnded(state: TaskState): state is 'DONE' | 'FAILED' | 'CANCELLED' {
  return state === 'DONE' || state === 'FAILED' || state === 'CANCELLED';
}
