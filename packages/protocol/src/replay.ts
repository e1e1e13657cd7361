import type { SessionId } from './ids.ts';
import type { Envelope } from './message.ts';
import type { Opened } from './open.ts';
import type { Clock, ReplayMemory } from './ports.ts';
import { ProtocolError } from './protocol-error.ts';
import { rememberUntilMs } from './time-window.ts';

/**
 * Refuses a message seen before; the last check, after `openMessage`.
 * @throws ProtocolError `BUS_DUPLICATE` (the same bytes again: count it and drop it), `BUS_ID_REUSE` (other bytes under a
 * known id: a security event).
 */
export async function refuseReplay(opened: Opened<Envelope>, memory: ReplayMemory, session: SessionId): Promise<void> {
  const { message, sha256 } = opened;
  const verdict = await memory.remember(session, message.message_id, sha256, rememberUntilMs(message));
  if (verdict === 'duplicate') throw refusal('BUS_DUPLICATE', 'a message not seen before, got it again', opened);
  if (verdict === 'reused') throw refusal('BUS_ID_REUSE', 'the bytes first seen under this id, got others', opened);
}

/** A replay memory inside one process; it forgets what can no longer be accepted. */
export function replayMemory(clock: Pick<Clock, 'nowMs'>): ReplayMemory & { readonly size: number } {
  const seen = new Map<string, { readonly wireSha256: string; readonly untilMs: number }>();
  let sweepAtSize = FIRST_SWEEP;
  return {
    get size() {
      return seen.size;
    },
    remember(session, messageId, wireSha256, untilMs) {
      const name = `${session} ${messageId}`;
      const known = seen.get(name);
      if (known && known.untilMs > clock.nowMs()) {
        return Promise.resolve(known.wireSha256 === wireSha256 ? 'duplicate' : 'reused');
      }
      if (seen.size >= sweepAtSize) {
        for (const [old, { untilMs: end }] of seen) if (end <= clock.nowMs()) seen.delete(old);
        sweepAtSize = Math.max(FIRST_SWEEP, 2 * seen.size);
      }
      seen.set(name, { wireSha256, untilMs });
      return Promise.resolve('fresh');
    },
  };
}

/** Entries before the first sweep; later sweeps wait until the memory has doubled, so a sweep costs O(1) a message. */
const FIRST_SWEEP = 1024;

function refusal(code: 'BUS_DUPLICATE' | 'BUS_ID_REUSE', expected: string, opened: Opened<Envelope>): ProtocolError {
  return new ProtocolError(code, { message: `expected ${expected}`, where: opened.message.message_id });
}
