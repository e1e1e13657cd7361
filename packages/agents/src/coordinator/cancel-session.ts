import { isInfraFabricError, isSessionOver, type SessionId, type SessionRecord } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { cancel } from './session.ts';
import { seizeSession, stateLost } from './session-lease.ts';

/**
 * Ends a session as cancelled whoever holds it, and answers it as it is over: a holder that hangs, is stopped or is gone is not
 * asked, and finds its fence gone.
 *
 * @throws AgentError `STATE_LOST` when there is no such session.
 */
export async function cancelSession(id: SessionId, ports: CoordinatorPorts): Promise<SessionRecord> {
  for (;;) {
    const session = await ports.state.session(id);
    if (session === undefined) throw stateLost(id);
    if (isSessionOver(session.state)) return session;
    const seized = await seizeSession(session, ports, { cancel: true });
    const ended = seized === undefined ? undefined : await cancelSeized(seized, ports);
    if (ended !== undefined) return ended;
  }
}

/** `undefined` when somebody else took it meanwhile. */
async function cancelSeized(session: SessionRecord, ports: CoordinatorPorts): Promise<SessionRecord | undefined> {
  try {
    return await cancel(session, ports);
  } catch (error) {
    if (isInfraFabricError(error) && error.code === 'LEASE_LOST') return undefined;
    throw error;
  }
}
