import { isSessionOver, type SessionId, type SessionRecord } from '@infrafabric/protocol';
import { AgentError } from '../errors.ts';
import type { CoordinatorPorts } from '../ports.ts';

/** How long a session's tick must stand still before another coordinator may take it, when nobody can tell whether its owner lives. */
const TAKEOVER_MS = 15_000;

/**
 * Takes the coordinator lease of a session: at once when it is free, ours, or its owner's process is known to be dead;
 * otherwise after watching its tick and its beats stand still for 15 s. `undefined` when the session is over or another coordinator is at work.
 *
 * @throws AgentError `STATE_LOST` when there is no such session.
 */
export async function takeSession(
  id: SessionId,
  ports: CoordinatorPorts,
  stop: AbortSignal,
): Promise<SessionRecord | undefined> {
  const session = await ports.state.session(id);
  if (session === undefined) throw stateLost(id);
  if (isSessionOver(session.state) || !(await isFree(session, ports, stop))) return undefined;
  return seizeSession(session, ports);
}

/** Takes the lease whoever has it, unless the session moved since it was read; its holder then finds its fence gone. */
export async function seizeSession(
  { session_id, fence, state }: SessionRecord,
  { state: store, mailbox, bootId }: CoordinatorPorts,
  also: Partial<SessionRecord> = {},
): Promise<SessionRecord | undefined> {
  return store.changeSession(session_id, {
    expect: { fence, state },
    add: { fence: 1, tick: 1 },
    set: { ...also, owner: mailbox.identity, boot_id: bootId, state: state === 'CREATED' ? 'RUNNING' : state },
  });
}

/** Counts one pass of the coordinator, and says so in the state. @throws AgentError `LEASE_LOST` when another one took over. */
export async function beat(session: SessionRecord, ports: CoordinatorPorts): Promise<SessionRecord> {
  const beaten = await ports.state.changeSession(session.session_id, {
    expect: { fence: session.fence },
    add: { tick: 1 },
  });
  return beaten ?? lost(session);
}

/** Changes the session while holding its lease. @throws AgentError `LEASE_LOST`. */
export async function changeHeld(
  session: SessionRecord,
  set: Partial<SessionRecord>,
  ports: CoordinatorPorts,
): Promise<SessionRecord> {
  const changed = await ports.state.changeSession(session.session_id, {
    expect: { fence: session.fence, state: session.state },
    set,
  });
  return changed ?? lost(session);
}

/** Lays the lease down, so that another coordinator need not wait for it. @throws AgentError `LEASE_LOST`, always: it is gone. */
export async function layDown(session: SessionRecord, ports: CoordinatorPorts): Promise<never> {
  await ports.state.changeSession(session.session_id, {
    expect: { fence: session.fence },
    add: { fence: 1 },
    remove: ['owner', 'boot_id'],
  });
  return lost(session);
}

/** Of a session, or a task of it, that was in the state store and is not there any more. */
export function stateLost(where: string): AgentError {
  return new AgentError('STATE_LOST', {
    message: 'what was written is not in the state store any more: its data was lost',
    where,
    fix: 'start the analysis again',
  });
}

function lost(session: SessionRecord): never {
  throw new AgentError('LEASE_LOST', {
    message: 'this coordinator no longer holds the session',
    where: session.session_id,
  });
}

async function isFree(session: SessionRecord, ports: CoordinatorPorts, stop: AbortSignal): Promise<boolean> {
  if (session.boot_id === undefined || session.boot_id === ports.bootId) return true;
  const alive = ports.isBootAlive(session.boot_id);
  if (alive !== undefined) return !alive;
  await ports.clock.sleep(TAKEOVER_MS, stop);
  if (stop.aborted) return false;
  const again = await ports.state.session(session.session_id);
  return again !== undefined && isStill(session, again);
}

/** Whether nobody did anything to a session between two looks. */
export const isStill = (before: SessionRecord, now: SessionRecord): boolean =>
  now.tick === before.tick && now.hb === before.hb && now.fence === before.fence;
