import {
  isSessionOver,
  isTerminal,
  type SessionId,
  type SessionRecord,
  type TaskSpec,
  type TaskStatus,
} from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { end } from '../task-machine.ts';
import { dispatch } from './dispatch.ts';
import { gather } from './gather.ts';
import { type Inbox, openInbox } from './inbox.ts';
import { planPhase } from './plan.ts';
import { beat, changeHeld, takeSession } from './session-lease.ts';
import { type RoleProgress, watchTasks } from './watch.ts';

/** A coordinator process: one mailbox, any number of sessions. */
export interface Coordinator {
  /** Runs a session to its end; `undefined` when it is over already or another coordinator has it. */
  readonly run: (id: SessionId) => Promise<SessionRecord | undefined>;
  readonly close: () => Promise<void>;
}

/** Starts listening for answers. State is the truth and messages are hints: an answer only says which task to look at. */
export function openCoordinator(ports: CoordinatorPorts): Coordinator {
  const inboxes = new Map<SessionId, Inbox>();
  const stop = new AbortController();
  const consuming = ports.mailbox.consume(
    async (opened) => {
      const { message } = opened;
      if ('task' in message) inboxes.get(opened.session)?.hint(message.task.task_id);
    },
    { signal: stop.signal },
  );
  return {
    async run(id) {
      const session = await takeSession(id, ports);
      if (session === undefined) return undefined;
      const inbox = openInbox(ports.clock);
      inboxes.set(id, inbox);
      try {
        return await runSession(session, inbox, ports);
      } finally {
        inboxes.delete(id);
      }
    },
    async close() {
      stop.abort();
      await consuming;
    },
  };
}

/** Plan, dispatch, watch, twice; then gather. Every step can be taken up by another coordinator where this one stopped. */
async function runSession(taken: SessionRecord, inbox: Inbox, ports: CoordinatorPorts): Promise<SessionRecord> {
  ports.observer.event({ type: 'session-started', session_id: taken.session_id, at_ms: ports.clock.nowMs() });
  let session = taken;
  for (const phase of ['collection', 'analysis'] as const) {
    if (session.cancel === true) break;
    const planned = await planPhase(session, phase, ports);
    session = await runPhase(planned.session, planned.specs, inbox, ports);
  }
  return session.cancel === true ? endCancelled(session, ports) : report(session, ports);
}

async function runPhase(
  start: SessionRecord,
  specs: readonly TaskSpec[],
  inbox: Inbox,
  ports: CoordinatorPorts,
): Promise<SessionRecord> {
  const byId = new Map(specs.map((spec) => [spec.task_id, spec]));
  const progress: RoleProgress = new Map();
  const ended = new Set<string>();
  let session = start;
  inbox.clear();
  let live = await statusesOf(session, byId, ports);
  await dispatch(
    session,
    specs.filter((spec) => !live.some((status) => status.task_id === spec.task_id)),
    ports,
  );
  for (let lastPoll = session.tick; ended.size < specs.length;) {
    await inbox.wait(ports.pace.tickMs, specs.length - ended.size);
    session = await beat(session, ports);
    if (
      inbox.hinted() < specs.length - ended.size &&
      session.tick - lastPoll < ports.pace.pollTicks &&
      session.cancel !== true
    )
      continue;
    lastPoll = session.tick;
    live = await statusesOf(session, byId, ports);
    inbox.clear();
    noteEnded(session, live, ended, ports);
    if (session.cancel === true) await cancelLive(session, live, ports);
    else await watchTasks(session, byId, live, progress, ports);
    if (session.cancel === true && live.every((status) => isTerminal(status.state))) break;
    await stepAside();
  }
  return session;
}

async function statusesOf(
  session: SessionRecord,
  specs: ReadonlyMap<string, TaskSpec>,
  ports: CoordinatorPorts,
): Promise<TaskStatus[]> {
  return (await ports.state.taskStatuses(session.session_id)).filter((status) => specs.has(status.task_id));
}

function noteEnded(
  session: SessionRecord,
  statuses: readonly TaskStatus[],
  ended: Set<string>,
  ports: CoordinatorPorts,
): void {
  for (const { task_id, role, state, code } of statuses) {
    if ((state !== 'DONE' && state !== 'FAILED' && state !== 'CANCELLED') || ended.has(task_id)) continue;
    ended.add(task_id);
    ports.observer.event({
      type: 'task-ended',
      session_id: session.session_id,
      at_ms: ports.clock.nowMs(),
      task_id,
      role,
      state,
      ...(code === undefined ? {} : { code }),
    });
  }
}

async function cancelLive(
  session: SessionRecord,
  statuses: readonly TaskStatus[],
  ports: CoordinatorPorts,
): Promise<void> {
  const live = statuses.filter((status) => !isTerminal(status.state));
  await Promise.all(
    live.map((status) =>
      ports.state.changeTask(
        session.session_id,
        status.task_id,
        end(status, 'CANCELLED', 'CANCELLED', 'the session was cancelled'),
      ),
    ),
  );
}

/** Ends what is still live first: a session that is taken up only to be cancelled has tasks of a coordinator that died. */
async function endCancelled(session: SessionRecord, ports: CoordinatorPorts): Promise<SessionRecord> {
  for (;;) {
    const statuses = await ports.state.taskStatuses(session.session_id);
    if (statuses.every((status) => isTerminal(status.state))) return endSession(session, 'CANCELLED', {}, ports);
    await cancelLive(session, statuses, ports);
  }
}

async function report(running: SessionRecord, ports: CoordinatorPorts): Promise<SessionRecord> {
  const session = await changeHeld(running, { state: 'REPORTING' }, ports);
  const made = await ports.publishReport(session.session_id, await gather(session, ports));
  ports.observer.event({
    type: 'report-made',
    session_id: session.session_id,
    at_ms: ports.clock.nowMs(),
    report_sha256: made.sha256,
    findings: made.findings,
  });
  return endSession(session, made.gaps === 0 ? 'DONE' : 'DONE_WITH_GAPS', { report_sha256: made.sha256 }, ports);
}

async function endSession(
  session: SessionRecord,
  state: SessionRecord['state'],
  more: Partial<SessionRecord>,
  ports: CoordinatorPorts,
): Promise<SessionRecord> {
  const over = await changeHeld(session, { ...more, state, ended_at_ms: ports.clock.nowMs() }, ports);
  if (isSessionOver(over.state))
    ports.observer.event({ type: 'session-ended', session_id: over.session_id, at_ms: ports.clock.nowMs(), state });
  return over;
}

/** Lets timers and sockets run between two passes of a busy coordinator. */
function stepAside(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
