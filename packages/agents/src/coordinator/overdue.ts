import { isSessionOver, type SessionRecord } from '@infrafabric/protocol';
import { AgentError } from '../errors.ts';
import type { CoordinatorPorts } from '../ports.ts';
import { failSession } from './session.ts';
import { isStill, seizeSession } from './session-lease.ts';

/** How often sessions are swept, wherever one is: once a minute is the least of EventBridge. */
export const SWEEP_MS = 60_000;

/** A session that is being reported after its deadline has this long from there. */
const GRACE_MS = 300_000;

/** A holder that is at work says so three times in this time. */
const STILL_MS = 15_000;

/**
 * Ends a session whose deadline is past by a sweep, for nobody coordinates it any more; true when it was ended here.
 *
 * One whose holder is still at work on its report is left alone until its grace is over too. With a sweep a minute, no session is
 * open two sweeps after its deadline, or one after its grace. Its holder, should it come back, has lost the session.
 */
export async function endOverdue(
  session: SessionRecord,
  ports: CoordinatorPorts,
  stop?: AbortSignal,
): Promise<boolean> {
  const lateMs = ports.clock.nowMs() - session.deadline_ms;
  if (isSessionOver(session.state) || lateMs <= SWEEP_MS) return false;
  if (lateMs <= GRACE_MS && (await isHeld(session, ports, stop))) return false;
  const taken = await seizeSession(session, ports);
  if (taken === undefined) return false;
  const message = 'the session reached its deadline and nobody ended it';
  await failSession(taken, new AgentError('DEADLINE', { message, where: session.session_id }), ports);
  return true;
}

/** Whether somebody says that he is at work on it. */
async function isHeld(
  session: SessionRecord,
  { state, clock, isBootAlive }: CoordinatorPorts,
  stop?: AbortSignal,
): Promise<boolean> {
  if (session.boot_id !== undefined && isBootAlive(session.boot_id) === false) return false;
  await clock.sleep(STILL_MS, stop);
  const now = await state.session(session.session_id);
  return stop?.aborted === true || now === undefined || !isStill(session, now);
}
