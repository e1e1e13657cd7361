import { isTerminal, type SessionRecord, type TaskId, type TaskSpec, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { dispatch, dispatchAgain, isLate } from './dispatch.ts';
import type { Inbox } from './inbox.ts';
import { beat, layDown, stateLost } from './session-lease.ts';
import { openWatch, type Watch } from './watch.ts';

/** What a session that runs here works with. */
export interface Run {
  readonly ports: CoordinatorPorts;
  readonly inbox: Inbox;
  /** Aborts when this coordinator closes. */
  readonly stop: AbortSignal;
  /** Where this coordinator's work stands in the session's trace. */
  readonly traceparent?: string | undefined;
}

/**
 * Sends the tasks of a phase and watches over them until each has ended, or the session is cancelled.
 *
 * Taken up in the middle, it sends what was never written, and sends again what waits: nobody knows whether its message
 * went out, and an old copy leases nothing. @throws AgentError `STATE_LOST` when a task that was written is not there any more.
 */
export async function runPhase(start: SessionRecord, specs: readonly TaskSpec[], run: Run): Promise<SessionRecord> {
  const { ports, inbox } = run;
  const byId = new Map(specs.map((spec) => [spec.task_id, spec]));
  const looked: Looked = { byId, ended: new Set(), watch: openWatch(byId, run) };
  let session = await takeUpPhase(start, specs, looked, run);
  while (looked.ended.size < specs.length && session.cancel !== true) {
    const open = specs.length - looked.ended.size;
    session = await untilPoll(session, { open, ticks: pollTicks(specs.length, ports) }, run);
    inbox.clear();
    await look(session, looked, ports);
  }
  return session;
}

/** The tasks of a phase, and what was seen of them. */
interface Looked {
  readonly byId: ReadonlyMap<TaskId, TaskSpec>;
  readonly ended: Set<TaskId>;
  readonly watch: Watch;
}

async function takeUpPhase(
  start: SessionRecord,
  specs: readonly TaskSpec[],
  { byId, ended }: Looked,
  run: Run,
): Promise<SessionRecord> {
  const statuses = await statusesOf(start, byId, run.ports);
  tellEnded(start, statuses, ended, run.ports);
  return takeUp(start, specs, statuses, run);
}

/** Looks at every task once, and keeps none of what it saw: a view of all tasks in every wait would soon fill the memory. */
async function look(session: SessionRecord, { byId, ended, watch }: Looked, ports: CoordinatorPorts): Promise<void> {
  const [live, over]: [TaskStatus[], TaskStatus[]] = [[], []];
  let found = 0;
  for await (const page of ports.state.statusPages(session.session_id)) {
    for (const status of page) {
      if (!byId.has(status.task_id)) continue;
      found += 1;
      if (!isTerminal(status.state)) live.push(status);
      else if (!ended.has(status.task_id)) over.push(status);
    }
  }
  if (found < byId.size && session.cancel !== true) throw stateLost(session.session_id);
  tellEnded(session, over, ended, ports);
  await watch.look(session, live);
}

/** Sends again what waits, for nobody knows whether its message went out, and what was never written. */
export async function takeUp(
  session: SessionRecord,
  specs: readonly TaskSpec[],
  statuses: readonly TaskStatus[],
  run: Run,
): Promise<SessionRecord> {
  const known = new Map(statuses.map((status) => [status.task_id, status]));
  const mayWait = !isLate(session, run.ports);
  const waiting = specs.flatMap((spec) => {
    const status = known.get(spec.task_id);
    return mayWait && status?.state === 'DISPATCHED' ? [{ spec, status, reason: 'the session was taken up' }] : [];
  });
  await dispatchAgain(session, waiting, run);
  return dispatchUnwritten(session, specs, statuses, run);
}

/** Sends what was planned and never written. */
export async function dispatchUnwritten(
  session: SessionRecord,
  specs: readonly TaskSpec[],
  statuses: readonly TaskStatus[],
  run: Run,
): Promise<SessionRecord> {
  const known = new Set(statuses.map(({ task_id }) => task_id));
  return dispatch(
    session,
    specs.filter(({ task_id }) => !known.has(task_id)),
    run,
  );
}

/**
 * A look at few tasks is cheap and comes early: every 4 ticks up to 200 tasks, every `pollTicks` when there are many, and more
 * seldom where looks would take more than a tenth of the time.
 */
function pollTicks(tasks: number, { pace }: CoordinatorPorts): number {
  const cheap = Math.min(pace.pollTicks, Math.max(4, Math.ceil(tasks / 50)));
  return Math.max(cheap, Math.ceil((tasks * LOOK_MS * 10) / pace.tickMs));
}

/** What a look at one task takes in the embedded mode (measured 2026-11, 2 cores). */
const LOOK_MS = 0.025;

/** Beats at every tick until it is time to look: all open tasks are said to be over, the ticks went by, or a cancel came. */
async function untilPoll(
  start: SessionRecord,
  { open, ticks }: { readonly open: number; readonly ticks: number },
  { ports, inbox, stop }: Run,
): Promise<SessionRecord> {
  for (let session = start; ;) {
    await inbox.wait(ports.pace.tickMs, open);
    if (stop.aborted) return layDown(session, ports);
    session = await beat(session, ports);
    const due = session.tick - start.tick >= ticks;
    if (due || inbox.hinted() >= open || session.cancel === true) return session;
  }
}

/** The live view of the tasks of a phase. */
export async function statusesOf(
  session: SessionRecord,
  specs: ReadonlyMap<TaskId, TaskSpec>,
  ports: CoordinatorPorts,
): Promise<TaskStatus[]> {
  return (await ports.state.taskStatuses(session.session_id)).filter((status) => specs.has(status.task_id));
}

function tellEnded(
  session: SessionRecord,
  statuses: readonly TaskStatus[],
  ended: Set<TaskId>,
  { observer, clock }: CoordinatorPorts,
): void {
  const at_ms = clock.nowMs();
  for (const { task_id, role, state, code } of statuses) {
    if (!isTerminal(state) || ended.has(task_id)) continue;
    ended.add(task_id);
    const reason = code === undefined ? {} : { code };
    observer.event({ type: 'task-ended', session_id: session.session_id, at_ms, task_id, role, state, ...reason });
  }
}
