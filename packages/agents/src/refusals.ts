import type { ConsumeOptions, Reason } from '@infrafabric/bus';
import type { Clock, Observer } from '@infrafabric/protocol';

/** Why a message is set aside whose id was seen with other bytes: a security event. */
export const REUSED: Reason = {
  code: 'BUS_ID_REUSE',
  message: 'expected the bytes first seen under this message id, got others',
};

/**
 * Tells the observer of verified messages that had no effect: replays (`BUS_DUPLICATE`) and those that were refused or quarantined.
 *
 * What does not verify names no session that could be believed; the bus counts and keeps it.
 */
export function tellRefusals({
  observer,
  clock,
}: {
  observer: Observer;
  clock: Clock;
}): NonNullable<ConsumeOptions['onOutcome']> {
  return (outcome, { session, sha256 }) => {
    const code = codeOf(outcome);
    if (code === undefined) return;
    observer.event({
      type: 'message-refused',
      session_id: session,
      at_ms: clock.nowMs(),
      code,
      wire_sha256: sha256,
    });
  };
}

function codeOf(outcome: Parameters<NonNullable<ConsumeOptions['onOutcome']>>[0]): string | undefined {
  if (outcome.outcome === 'duplicate') return 'BUS_DUPLICATE';
  return outcome.outcome === 'quarantined' || outcome.outcome === 'refused' ? outcome.reason.code : undefined;
}
