import { isTerminal, type SessionRecord, type TaskRecord, type TaskSpec, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { redispatch } from '../task-machine.ts';

/** Tasks are written and sent this many at a time, so that the first worker starts while the last task is being written. */
const BATCH = 50;

/**
 * Writes each task, then sends it: the signed request is in the item before it is on the bus, so a crash between the two
 * loses nothing (the watch sends it again).
 */
export async function dispatch(
  session: SessionRecord,
  specs: readonly TaskSpec[],
  ports: CoordinatorPorts,
): Promise<void> {
  for (let at = 0; at < specs.length; at += BATCH) {
    const batch = specs.slice(at, at + BATCH);
    const records = await Promise.all(batch.map((spec) => writeTask(session, spec, ports)));
    await send(session, records, ports);
  }
}

/** Sends a waiting or stale task again with a fresh request; does nothing when somebody else moved it meanwhile. */
export async function dispatchAgain(
  session: SessionRecord,
  spec: TaskSpec,
  status: TaskStatus,
  ports: CoordinatorPorts,
): Promise<void> {
  if (isTerminal(status.state)) return;
  const wire = requestWire(session, spec, status.dispatch + 1, ports);
  const changed = await ports.state.changeTask(session.session_id, spec.task_id, redispatch(status, wire));
  if (changed !== undefined) await send(session, [changed], ports);
}

async function writeTask(session: SessionRecord, spec: TaskSpec, ports: CoordinatorPorts): Promise<TaskRecord> {
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
    request_wire: requestWire(session, spec, 1, ports),
  };
  const created = await ports.state.createTask(record);
  return created ? record : ((await ports.state.task(session.session_id, spec.task_id)) ?? record);
}

function requestWire(session: SessionRecord, spec: TaskSpec, number: number, ports: CoordinatorPorts): string {
  return ports.mailbox.sealRequest(spec, {
    session: session.session_id,
    dispatch: number,
    deadlineMs: session.deadline_ms,
  });
}

async function send(session: SessionRecord, records: readonly TaskRecord[], ports: CoordinatorPorts): Promise<void> {
  const waiting = records.filter((record) => record.state === 'DISPATCHED');
  await ports.mailbox.publish(
    waiting.map((record) => ({ wire: record.request_wire, role: record.role, session: session.session_id })),
  );
}
