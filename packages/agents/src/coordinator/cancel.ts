import { isTerminal, type SessionRecord, type TaskRecord, type TaskSpec, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { tellSettled } from '../settled.ts';
import { end, stamped } from '../task-machine.ts';

/** How the tasks of a session end that ends before them. */
export interface Ending {
  readonly state: 'CANCELLED' | 'FAILED';
  readonly code: string;
  readonly message: string;
}

const CANCELLED: Ending = { state: 'CANCELLED', code: 'CANCELLED', message: 'the session was cancelled' };

/**
 * Ends every task of a session that ends before them: the live ones by their fence, the planned ones that nobody wrote yet by
 * writing them ended, so that no coordinator that lags behind can start them.
 */
export async function cancelTasks(
  session: SessionRecord,
  specs: readonly TaskSpec[],
  ports: CoordinatorPorts,
  ending: Ending = CANCELLED,
): Promise<void> {
  const known = new Set((await ports.state.taskStatuses(session.session_id)).map(({ task_id }) => task_id));
  const unwritten = specs.filter(({ task_id }) => !known.has(task_id));
  await Promise.all(unwritten.map((spec) => writeEnded(session, spec, ending, ports)));
  for (;;) {
    const statuses = await ports.state.taskStatuses(session.session_id);
    const live = statuses.filter(({ state }) => !isTerminal(state));
    if (live.length === 0) return;
    await Promise.all(live.map((status) => endTask(session, status, ending, ports)));
  }
}

async function writeEnded(
  session: SessionRecord,
  spec: TaskSpec,
  ending: Ending,
  ports: CoordinatorPorts,
): Promise<void> {
  const written = await ports.state.createTask(neverSent(session, spec, ending, ports));
  if (written) tellEnded(session, spec, ending, ports);
}

/** A planned task that ends before it was sent to anybody. */
export function neverSent(
  { session_id }: SessionRecord,
  { task_id, role, type, phase }: TaskSpec,
  ending: Ending,
  { clock }: CoordinatorPorts,
): TaskRecord {
  const counts = { dispatch: 0, fence: 0, attempt: 0, hb: 0, request_wire: '' };
  return { session_id, task_id, role, type, phase, ...counts, ...ending, ended_at_ms: clock.nowMs() };
}

async function endTask(
  session: SessionRecord,
  status: TaskStatus,
  { state, code, message }: Ending,
  ports: CoordinatorPorts,
): Promise<void> {
  const change = stamped(end(status, state, code, message), { ended_at_ms: ports.clock.nowMs() });
  const ended = await ports.state.changeTask(session.session_id, status.task_id, change);
  if (ended !== undefined) tellEnded(session, status, { state, code, message }, ports);
}

function tellEnded(
  { session_id }: SessionRecord,
  { task_id, role }: Pick<TaskSpec, 'task_id' | 'role'>,
  { state, code }: Ending,
  { observer, clock }: CoordinatorPorts,
): void {
  const reason = state === 'FAILED' ? { code } : {};
  const ended = { session_id, task_id, role, state, ...reason };
  tellSettled({ observer, clock }, ended);
  observer.event({ type: 'task-ended', at_ms: clock.nowMs(), ...ended });
}
