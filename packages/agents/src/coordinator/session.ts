import { isInfraFabricError, isSessionOver, Phase, type SessionRecord, type TaskSpec } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { cancelTasks, type Ending } from './cancel.ts';
import { closeSession } from './close.ts';
import { fold } from './gather.ts';
import { type Run, runPhase } from './phase.ts';
import { plannedSpecs, planPhase } from './plan.ts';
import { changeHeld } from './session-lease.ts';

/**
 * Plan, dispatch, watch, phase by phase; then gather and report. Every step can be taken up by another coordinator where this one
 * stopped. @throws AgentError `LEASE_LOST` when another one did.
 */
export async function runSession(taken: SessionRecord, run: Run): Promise<SessionRecord> {
  const { ports, inbox } = run;
  ports.observer.event({ type: 'session-started', session_id: taken.session_id, at_ms: ports.clock.nowMs() });
  if (taken.plan_collection !== undefined) await noteAsked(taken, run);
  inbox.askedAll();
  let session = taken;
  for (const phase of Phase.options) {
    if (session.cancel === true) break;
    const planned = await planPhase(session, phase, ports);
    const { specs } = planned;
    session = specs.length === 0 ? planned.session : await runPhase(planned.session, specs, run);
  }
  return session.cancel === true ? cancel(session, ports) : report(session, ports);
}

/** The requests on record are ours, whichever coordinator sent them. */
async function noteAsked({ session_id }: SessionRecord, { ports, inbox }: Run): Promise<void> {
  for await (const page of ports.state.taskPages(session_id)) {
    for (const { request_wire, task_id } of page) inbox.asked(request_wire, task_id);
  }
}

/** Ends a session that cannot go on, with the reason; whoever holds it by now is not disturbed. */
export async function failSession(taken: SessionRecord, error: unknown, ports: CoordinatorPorts): Promise<void> {
  const code = isInfraFabricError(error) ? error.code : 'UNEXPECTED';
  const message = error instanceof Error ? error.message.slice(0, 500) : 'something that is not an error was thrown';
  const held = await ports.state.session(taken.session_id);
  if (held?.fence !== taken.fence || isSessionOver(held.state)) return;
  await cancelTasks(held, await knownSpecs(held, ports), ports, endingOf(code, message));
  const failed = await ports.state.changeSession(taken.session_id, {
    expect: { fence: taken.fence, state: { in: ['RUNNING', 'REPORTING'] } },
    set: { state: 'FAILED', code, message, ended_at_ms: ports.clock.nowMs() },
  });
  if (failed !== undefined) tellEnd(failed, ports);
}

/** Ends every task of a session that was cancelled, then the session. @throws AgentError `LEASE_LOST`. */
export async function cancel(session: SessionRecord, ports: CoordinatorPorts): Promise<SessionRecord> {
  await cancelTasks(session, await knownSpecs(session, ports), ports);
  const ended = { state: 'CANCELLED', cancel: true, ended_at_ms: ports.clock.nowMs() } as const;
  const over = await changeHeld(session, ended, ports);
  tellEnd(over, ports);
  return over;
}

/** A deadline is the tasks' own reason; any other failure of the whole is theirs only in that it ended them. */
function endingOf(code: string, message: string): Ending {
  if (code === 'DEADLINE') return { state: 'FAILED', code, message };
  return { state: 'CANCELLED', code: 'CANCELLED', message: `the session failed: ${code}` };
}

/** What was planned, as far as it can still be read: a session must end also when its plan is what was lost. */
async function knownSpecs(session: SessionRecord, ports: CoordinatorPorts): Promise<TaskSpec[]> {
  try {
    return await plannedSpecs(session, ports);
  } catch (error) {
    if (isInfraFabricError(error) && error.retry === 'never') return [];
    throw error;
  }
}

/**
 * Makes the report of a session whose tasks are over, and ends it: as cancelled when that was asked meanwhile.
 *
 * @throws AgentError `LEASE_LOST`.
 */
export async function report(running: SessionRecord, ports: CoordinatorPorts): Promise<SessionRecord> {
  const session = await changeHeld(running, { state: 'REPORTING' }, ports);
  if (session.cancel === true) return cancel(session, ports);
  const { gathered, said } = await fold(session, ports);
  const made = await ports.publishReport(session, gathered);
  ports.observer.event({
    type: 'report-made',
    session_id: session.session_id,
    at_ms: ports.clock.nowMs(),
    report_sha256: made.sha256,
    findings: made.findings,
    ...(made.analysis === undefined ? {} : { analysis: made.analysis }),
  });
  const state = made.gaps === 0 ? 'DONE' : 'DONE_WITH_GAPS';
  const close_sha256 = await closeSession(session, { state, said }, ports);
  const { session_id, fence } = session;
  const over = await ports.state.changeSession(session_id, {
    expect: { fence, state: 'REPORTING', cancel: { absent: true } },
    set: { state, report_sha256: made.sha256, close_sha256, ended_at_ms: ports.clock.nowMs() },
  });
  if (over === undefined) return cancel(session, ports);
  tellEnd(over, ports);
  return over;
}

function tellEnd({ session_id, state }: SessionRecord, { observer, clock }: CoordinatorPorts): void {
  observer.event({ type: 'session-ended', session_id, at_ms: clock.nowMs(), state });
}
