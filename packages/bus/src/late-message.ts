import { type Envelope, type OpenContext, type Opened, ProtocolError } from '@infrafabric/protocol';

/**
 * Opens a message that was kept, judged within its own life: it may have expired since it came, and whoever took it in may have
 * had another clock. Whose clock is read must not decide what a report says. A key that is revoked by now refuses it whatever
 * time the message claims.
 *
 * @throws ProtocolError as `open`.
 */
export function openLate<Found extends Opened<Envelope>>(
  wire: string,
  context: OpenContext,
  open: (wire: string, context: OpenContext) => Found,
): Found {
  const nowMs = Math.max(
    claimedTime(FIRST_INSTANT, wire) ?? context.nowMs,
    Math.min(context.nowMs, claimedTime(LAST_INSTANT, wire) ?? context.nowMs),
  );
  const opened = open(wire, { ...context, nowMs });
  const key = context.trust.keys.get(opened.message.signature.key_id);
  if (key?.revoked_at === undefined || key.revoked_at > context.nowMs) return opened;
  throw new ProtocolError('BUS_KEY_REVOKED', {
    message: 'expected a key in use, got a revoked one',
    where: key.key_id,
  });
}

/** Where canonical form has `expires_at` and `timestamp`, its last member. */
const LAST_INSTANT = /"expires_at":(\d{1,16}),"(?:ext|if_bus)":/;
const FIRST_INSTANT = /,"timestamp":(\d{1,16})\}$/;

/** What the wire says about its time, before anything is verified: the signature covers it, so a wrong word is refused. */
function claimedTime(where: RegExp, wire: string): number | undefined {
  const text = where.exec(wire)?.[1];
  return text === undefined ? undefined : Number(text);
}
