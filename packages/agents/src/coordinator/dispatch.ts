import { type SessionRecord, type TaskRecord, type TaskSpec, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { tellSettled } from '../settled.ts';
import { redispatch } from '../task-machine.ts';
import { neverSent } from './cancel.ts';
import type { Run } from './phase.ts';
import { beat } from './session-lease.ts';

/** The holder of the session says that it is there after this many tasks. */
const BATCH = 50;

/**
 * Writes each task, then sends it: the signed request is in the item before it is on the bus, so a crash between the two,
 * or a message that cannot be published, loses nothing (the watch sends it again). Stops where the session is cancelled or this
 * coordinator closes. After the deadline of the session nothing is sent: a task is written as ended by it.
 */
export async function dispatch(start: SessionRecord, specs: readonly TaskSpec[], run: Run): Promise<SessionRecord> {
  let session = start;
  for (let at = 0; at < specs.length && session.cancel !== true && !run.stop.aborted; at += BATCH) {
    await sendEach(session, specs.slice(at, at + BATCH), run);
    if (at + BATCH < specs.length) session = await beat(session, run.ports);
  }
  return session;
}

/** This many tasks are in work here at once, so that other sessions of this process wait for no more between two of their steps. */
const WIDTH = 10;

async function sendEach(session: SessionRecord, specs: readonly TaskSpec[], run: Run): Promise<void> {
  for (let at = 0; at < specs.length; at += WIDTH) {
    const some = specs.slice(at, at + WIDTH);
    await send(session, await Promise.all(some.map((spec) => writeTask(session, spec, run))), run.ports);
  }
}

/** A live task that must be sent again, and why. */
export interface Stuck {
  readonly spec: TaskSpec;
  readonly status: TaskStatus;
  readonly reason: string;
}

/**
 * Sends waiting or stale tasks again with fresh requests; leaves those alone that somebody else moved meanwhile, and all where the
 * session is cancelled.
 */
export async function dispatchAgain(session: SessionRecord, stuck: readonly Stuck[], run: Run): Promise<void> {
  for (let at = 0; at < stuck.length && session.cancel !== true; at += BATCH) {
    const records = await Promise.all(stuck.slice(at, at + BATCH).map((one) => rewriteTask(session, one, run)));
    await send(
      session,
      records.filter((record) => record !== undefined),
      run.ports,
    );
  }
}

/** Whether the session is past its deadline, and nothing may be sent any more. */
export const isLate = ({ deadline_ms }: SessionRecord, { clock }: CoordinatorPorts): boolean =>
  clock.nowMs() > deadline_ms;

/** Why a task that the deadline of its session ended was ended. */
export const DEADLINE = {
  state: 'FAILED',
  code: 'DEADLINE',
  message: 'the session reached its deadline before this task ended',
} as const;

async function writeTask(session: SessionRecord, spec: TaskSpec, run: Run): Promise<TaskRecord> {
  if (isLate(session, run.ports)) return writeLate(session, spec, run.ports);
  const record: TaskRecord = {
    session_id: session.session_id,
    task_id: spec.task_id,
    role: spec.role,
    type: spec.type,
    phase: spec.phase,
    state: 'DISPATCHED',
    dispatch: 1,
    fence: 0,
    attempt: 0,
    hb: 0,
    dispatched_at_ms: run.ports.clock.nowMs(),
    request_wire: await sealRequest(session, spec, 1, run),
  };
  const created = await run.ports.state.createTask(record);
  return created ? record : ((await run.ports.state.task(session.session_id, spec.task_id)) ?? record);
}

async function writeLate(session: SessionRecord, spec: TaskSpec, ports: CoordinatorPorts): Promise<TaskRecord> {
  const record = neverSent(session, spec, DEADLINE, ports);
  const created = await ports.state.createTask(record);
  if (created) tellSettled(ports, { ...record, state: DEADLINE.state });
  return created ? record : ((await ports.state.task(session.session_id, spec.task_id)) ?? record);
}

async function rewriteTask(
  session: SessionRecord,
  { spec, status, reason }: Stuck,
  run: Run,
): Promise<TaskRecord | undefined> {
  const { state, observer, clock } = run.ports;
  const wire = await sealRequest(session, spec, status.dispatch + 1, run);
  const changed =
    (await state.changeTask(session.session_id, spec.task_id, redispatch(status, wire))) ??
    (await ownRewrite(session, spec, wire, state));
  if (changed !== undefined && status.state === 'LEASED') {
    const { task_id, role } = spec;
    const at_ms = clock.nowMs();
    observer.event({ type: 'task-revoked', session_id: session.session_id, at_ms, task_id, role, reason });
  }
  return changed;
}

/** A task that was changed while the answer got lost on the way has our request on record: it waits for nobody else to send it. */
async function ownRewrite(
  { session_id }: SessionRecord,
  { task_id }: TaskSpec,
  wire: string,
  state: CoordinatorPorts['state'],
): Promise<TaskRecord | undefined> {
  const record = await state.task(session_id, task_id);
  return record?.request_wire === wire ? record : undefined;
}

async function sealRequest(
  session: SessionRecord,
  spec: TaskSpec,
  number: number,
  { ports, inbox, traceparent }: Run,
): Promise<string> {
  const wire = await ports.mailbox.sealRequest(spec, {
    session: session.session_id,
    dispatch: number,
    deadlineMs: session.deadline_ms,
    traceparent,
  });
  inbox.asked(wire, spec.task_id);
  return wire;
}

async function send(session: SessionRecord, records: readonly TaskRecord[], ports: CoordinatorPorts): Promise<void> {
  const waiting = records.filter((record) => record.state === 'DISPATCHED');
  await ports.mailbox.publish(
    waiting.map((record) => ({ wire: record.request_wire, role: record.role, session: session.session_id })),
  );
}
