import { isTerminal, type SessionRecord, type TaskSpec, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { tellSettled } from '../settled.ts';
import { end, stamped } from '../task-machine.ts';

/**
 * Ends every task of a session that was cancelled: the live ones by their fence, the planned ones that nobody wrote yet by
 * writing them cancelled, so that no coordinator that lags behind can start them.
 */
export async function cancelTasks(
  session: SessionRecord,
  specs: readonly TaskSpec[],
  ports: CoordinatorPorts,
): Promise<void> {
  const known = new Set((await ports.state.taskStatuses(session.session_id)).map(({ task_id }) => task_id));
  const unwritten = specs.filter(({ task_id }) => !known.has(task_id));
  await Promise.all(unwritten.map((spec) => writeCancelled(session, spec, ports)));
  for (;;) {
    const statuses = await ports.state.taskStatuses(session.session_id);
    const live = statuses.filter(({ state }) => !isTerminal(state));
    if (live.length === 0) return;
    await Promise.all(live.map((status) => cancelTask(session, status, ports)));
  }
}

const NEVER_SENT = { dispatch: 0, fence: 0, attempt: 0, hb: 0, request_wire: '' } as const;
const CANCELLED = { state: 'CANCELLED', code: 'CANCELLED', message: 'the session was cancelled' } as const;

async function writeCancelled(session: SessionRecord, spec: TaskSpec, ports: CoordinatorPorts): Promise<void> {
  const { task_id, role, type, phase } = spec;
  const ended = { ...NEVER_SENT, ...CANCELLED, ended_at_ms: ports.clock.nowMs() };
  const record = { session_id: session.session_id, task_id, role, type, phase, ...ended };
  const written = await ports.state.createTask(record);
  if (written) tellCancelled(session, spec, ports);
}

async function cancelTask(session: SessionRecord, status: TaskStatus, ports: CoordinatorPorts): Promise<void> {
  const { state, code, message } = CANCELLED;
  const change = stamped(end(status, state, code, message), { ended_at_ms: ports.clock.nowMs() });
  const ended = await ports.state.changeTask(session.session_id, status.task_id, change);
  if (ended !== undefined) tellCancelled(session, status, ports);
}

function tellCancelled(
  { session_id }: SessionRecord,
  { task_id, role }: Pick<TaskSpec, 'task_id' | 'role'>,
  { observer, clock }: CoordinatorPorts,
): void {
  const ended = { session_id, task_id, role, state: 'CANCELLED' } as const;
  tellSettled({ observer, clock }, ended);
  observer.event({ type: 'task-ended', at_ms: clock.nowMs(), ...ended });
}
