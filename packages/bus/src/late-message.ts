import { type Envelope, type OpenContext, type Opened, ProtocolError } from '@infrafabric/protocol';

/**
 * Opens a message that may have expired since it came, judged at its last instant: it was kept meanwhile. A key that is revoked
 * by now refuses it whatever time the message claims.
 *
 * @throws ProtocolError as `open`.
 */
export function openLate<Found extends Opened<Envelope>>(
  wire: string,
  context: OpenContext,
  open: (wire: string, context: OpenContext) => Found,
): Found {
  const nowMs = Math.min(context.nowMs, claimedExpiryMs(wire) ?? context.nowMs);
  const opened = open(wire, { ...context, nowMs });
  const key = context.trust.keys.get(opened.message.signature.key_id);
  if (key?.revoked_at === undefined || key.revoked_at > context.nowMs) return opened;
  throw new ProtocolError('BUS_KEY_REVOKED', {
    message: 'expected a key in use, got a revoked one',
    where: key.key_id,
  });
}

/** What the wire says about its end, before anything is verified: the signature covers it, so a wrong word is refused. */
function claimedExpiryMs(wire: string): number | undefined {
  const text = /"expires_at":(\d{1,16}),"(?:ext|if_bus)":/.exec(wire)?.[1];
  return text === undefined ? undefined : Number(text);
}
