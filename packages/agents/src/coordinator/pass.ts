import { isTerminal, Phase, type SessionRecord, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { dispatchUnwritten, type Run, statusesOf, takeUp } from './phase.ts';
import { planPhase } from './plan.ts';
import { cancel, report } from './session.ts';
import { openWatch, type RoleProgress } from './watch.ts';

/** How a pass goes over its session. */
export interface PassOrder {
  readonly run: Run;
  /** Looks for stuck tasks as well; only passes that count as a tick do. */
  readonly watches: boolean;
  /** The last holder may have died between writing a task and sending it: what waits is sent again. */
  readonly takesOver: boolean;
  /** What earlier passes of this process saw of the roles. */
  readonly progress: RoleProgress;
}

/**
 * Goes over a session once and waits for nothing: plans what is due, sends what was never sent, and where all tasks are over
 * takes up the next phase, at last the report. Answers the session as it leaves it.
 *
 * @throws AgentError `LEASE_LOST`.
 */
export async function passOver(taken: SessionRecord, order: PassOrder): Promise<SessionRecord> {
  const { ports } = order.run;
  let session = taken;
  for (const phase of Phase.options) {
    if (session.cancel === true) break;
    const passed = await passPhase(session, phase, order);
    session = passed.session;
    if (!passed.isOver && session.cancel !== true) return session;
  }
  if (order.run.stop.aborted) return session;
  return session.cancel === true ? cancel(session, ports) : report(session, ports);
}

async function passPhase(
  taken: SessionRecord,
  phase: Phase,
  order: PassOrder,
): Promise<{ readonly session: SessionRecord; readonly isOver: boolean }> {
  const { run } = order;
  const { session, specs } = await planOnce(taken, phase, run.ports);
  if (run.stop.aborted) return { session, isOver: false };
  const byId = new Map(specs.map((spec) => [spec.task_id, spec]));
  const found = await statusesOf(session, byId, run.ports);
  if (order.watches) await openWatch(byId, run, order.progress).look(session, found);
  const statuses = order.watches ? await statusesOf(session, byId, run.ports) : found;
  tellGivenUp(session, found, statuses, run);
  const open = specs.length - statuses.filter(isOver).length;
  if (open === 0) return { session, isOver: true };
  const send = order.takesOver ? takeUp : dispatchUnwritten;
  return { session: await send(session, specs, statuses, run), isOver: false };
}

const isOver = ({ state }: TaskStatus): boolean => isTerminal(state);

/** The plan of a phase; that it was made is told by the pass that makes it. */
async function planOnce(session: SessionRecord, phase: Phase, ports: CoordinatorPorts) {
  const recorded = session[`plan_${phase}`];
  return planPhase(session, phase, recorded === undefined ? ports : { ...ports, observer: { event: () => undefined } });
}

/** Tells the tasks that this pass gave up; the end of any other is told by the answer that says so. */
function tellGivenUp(
  { session_id }: SessionRecord,
  before: readonly TaskStatus[],
  after: readonly TaskStatus[],
  { ports: { observer, clock } }: Run,
): void {
  const over = new Set(before.filter(isOver).map(({ task_id }) => task_id));
  for (const { task_id, role, state, code } of after) {
    if (state !== 'FAILED' || code === undefined || over.has(task_id) || !GIVEN_UP.has(code)) continue;
    observer.event({ type: 'task-ended', session_id, at_ms: clock.nowMs(), task_id, role, state, code });
  }
}

/** Why a coordinator gives a task up; no worker uses these codes. */
const GIVEN_UP = new Set(['DEADLINE', 'ATTEMPTS']);
