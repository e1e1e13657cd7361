import { isSessionOver, isTerminal, type Observer, type SessionId, type SessionRecord } from '@infrafabric/protocol';
import { RuntimeError } from './errors.ts';
import type { Fabric } from './fabric.ts';

/** How often a session that runs elsewhere is looked at. */
const LOOK_MS = 200;

/** Follows a session that other processes run until it is over, telling the observer what changed. */
export async function waitForSession(
  fabric: Pick<Fabric, 'state' | 'clock'>,
  id: SessionId,
  observer: Observer,
): Promise<SessionRecord> {
  const ended = new Set<string>();
  let planned = 0;
  for (;;) {
    const session = await fabric.state.session(id);
    if (session === undefined)
      throw new RuntimeError('STATE_LOST', { message: 'the session is gone from the state store', where: id });
    const statuses = await fabric.state.taskStatuses(id);
    const at_ms = fabric.clock.nowMs();
    if (statuses.length > planned) {
      observer.event({
        type: 'plan-made',
        session_id: id,
        at_ms,
        phase: session.phase,
        tasks: statuses.length - planned,
      });
      planned = statuses.length;
    }
    for (const { task_id, role, state, code } of statuses) {
      if (!isTerminal(state) || ended.has(task_id)) continue;
      ended.add(task_id);
      observer.event({
        type: 'task-ended',
        session_id: id,
        at_ms,
        task_id,
        role,
        state: state as 'DONE',
        ...(code === undefined ? {} : { code }),
      });
    }
    if (isSessionOver(session.state)) {
      observer.event({ type: 'session-ended', session_id: id, at_ms, state: session.state });
      return session;
    }
    await fabric.clock.sleep(LOOK_MS);
  }
}
