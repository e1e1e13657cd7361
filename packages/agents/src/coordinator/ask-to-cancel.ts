import type { SessionId, SessionRecord } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';

/**
 * Asks a session to stop; `undefined` when it is over already.
 *
 * One that nobody has taken up has no task and ends here; the coordinator of any other ends it.
 */
export async function askToCancel(
  { state, clock }: Pick<CoordinatorPorts, 'state' | 'clock'>,
  { session_id }: { readonly session_id: SessionId },
): Promise<SessionRecord | undefined> {
  const ended = await state.changeSession(session_id, {
    expect: { state: 'CREATED' },
    set: { state: 'CANCELLED', cancel: true, ended_at_ms: clock.nowMs() },
  });
  if (ended !== undefined) return ended;
  return state.changeSession(session_id, {
    expect: { state: { in: ['RUNNING', 'REPORTING'] } },
    set: { cancel: true },
  });
}
