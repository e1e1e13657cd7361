import { isSessionOver, type SessionRecord } from '@infrafabric/protocol';
import { AgentError } from '../errors.ts';
import type { CoordinatorPorts } from '../ports.ts';
import { failSession } from './session.ts';

/** A session that reached its deadline has this long to be reported with its gaps by whoever coordinates it. */
const GRACE_MS = 300_000;

/**
 * Ends a session whose deadline is long past, for nobody coordinates it any more; true when it was ended here.
 *
 * Its holder, should it come back, has lost the session.
 */
export async function endOverdue(session: SessionRecord, ports: CoordinatorPorts): Promise<boolean> {
  const { session_id, fence, state, deadline_ms } = session;
  if (isSessionOver(state) || ports.clock.nowMs() <= deadline_ms + GRACE_MS) return false;
  const taken = await ports.state.changeSession(session_id, {
    expect: { fence, state },
    add: { fence: 1 },
    set: { owner: ports.mailbox.identity, state: state === 'CREATED' ? 'RUNNING' : state },
  });
  if (taken === undefined) return false;
  const message = 'the session reached its deadline and nobody ended it';
  await failSession(taken, new AgentError('DEADLINE', { message, where: session_id }), ports);
  return true;
}
