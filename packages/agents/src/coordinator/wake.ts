import {
  openDocument,
  PAYLOAD_TYPE,
  ProtocolError,
  SessionId,
  type SessionRecord,
  signDocument,
  type Signer,
  type TrustStore,
} from '@infrafabric/protocol';
import { z } from 'zod';

/**
 * A coordinator's note to itself, sent with a delay: go over this session again.
 *
 * It names the tick it was written at, so that of all notes about a session only the newest starts anything: there is one chain
 * of passes, however often a note is delivered. `fence` and `hb` are what was seen of the holder, and `still_ms` for how long.
 */
const Wake = z.strictObject({
  session_id: SessionId,
  tick: z.int().min(0),
  fence: z.int().min(0),
  hb: z.int().min(0),
  still_ms: z.int().min(0),
  expires_at: z.int().min(0),
});
export type Wake = z.infer<typeof Wake>;

/** A note nobody read for this long says nothing any more; the sweeper writes a new one. */
const LIFE_MS = 3_600_000;

/** The note to go over a session as it stands. */
export function wakeOf(session: SessionRecord, nowMs: number, stillMs = 0): Wake {
  const { session_id, tick, fence, hb = 0 } = session;
  return { session_id, tick, fence, hb, still_ms: stillMs, expires_at: nowMs + LIFE_MS };
}

/** Whether a text claims to be a signed document, as opposed to a bus message; canonical form begins with its first member. */
export const isDocument = (text: string): boolean => text.startsWith('{"payload":');

/** The note as signed text. */
export const sealWake = (wake: Wake, signer: Signer): string => signDocument(PAYLOAD_TYPE.wake, wake, signer);

/** Opens a note. @throws ProtocolError as `openDocument`; `DOCUMENT_SHAPE`, `BUS_EXPIRED`. */
export function openWake(text: string, { trust, nowMs }: { readonly trust: TrustStore; readonly nowMs: number }): Wake {
  const wake = openLateWake(text, { trust, nowMs });
  if (nowMs < wake.expires_at) return wake;
  throw new ProtocolError('BUS_EXPIRED', { message: 'expected a note in time, got an old one', where: 'expires_at' });
}

/** Opens a note, however old. @throws ProtocolError as `openDocument`; `DOCUMENT_SHAPE`. */
export function openLateWake(
  text: string,
  { trust, nowMs }: { readonly trust: TrustStore; readonly nowMs: number },
): Wake {
  const { payload } = openDocument(text, PAYLOAD_TYPE.wake, { trust, nowMs, role: 'coordinator' });
  const wake = Wake.safeParse(payload);
  if (wake.success) return wake.data;
  throw new ProtocolError('DOCUMENT_SHAPE', { message: 'expected the note of a coordinator, got something else' });
}
