import { askToCancel, cancelSession as cancelHeld } from '@infrafabric/agents';
import { isSessionOver, type SessionRecord } from '@infrafabric/protocol';
import type { Fabric } from './fabric.ts';
import { holderOf } from './session-line.ts';
import { silent } from './silent.ts';

/** How long the holder of a session may take to end it itself; it looks at every tick. */
const HOLDER_MS = 500;
const LOOK_MS = 25;

/** How a session stands that was asked to stop; `changed` is false when it was over already. */
export interface Cancelled {
  readonly state: string;
  readonly changed: boolean;
}

/**
 * Cancels a session and answers when it is over: by its holder when that answers in half a second, else here, whoever holds it.
 * A holder that hangs or is gone keeps nothing open.
 */
export async function cancelNow(fabric: Fabric, session: SessionRecord): Promise<Cancelled> {
  const asked = await askToCancel(fabric, session);
  if (asked === undefined) return overAlready(fabric, session);
  const seen = holderOf(asked) === 'alive' ? await untilOver(fabric, asked) : asked;
  if (isSessionOver(seen.state)) return { state: seen.state, changed: true };
  const { state } = await cancelHeld(session.session_id, fabric.coordinatorPorts(silent));
  return { state, changed: true };
}

/** What a session that could not be asked ended as. */
export async function overAlready({ state }: Pick<Fabric, 'state'>, session: SessionRecord): Promise<Cancelled> {
  const now = await state.session(session.session_id);
  return { state: now?.state ?? session.state, changed: false };
}

async function untilOver({ state, clock }: Fabric, asked: SessionRecord): Promise<SessionRecord> {
  const endMs = clock.nowMs() + HOLDER_MS;
  for (let session = asked; ;) {
    if (isSessionOver(session.state) || clock.nowMs() >= endMs) return session;
    await clock.sleep(LOOK_MS);
    session = (await state.session(asked.session_id)) ?? session;
  }
}
