import type { SessionId } from '@infrafabric/protocol';

/** Gives each message its place between those of other sessions, by start-time fair queueing. */
export interface Turns {
  /**
   * Places for messages of these sessions, in their order; the lowest place is served first. `lowest` is the lowest place that still waits;
   * nothing waits when it is undefined.
   */
  readonly places: (sessions: readonly SessionId[], lowest: number | undefined) => number[];
}

/** BullMQ knows priorities from 1 to 2 to the 21st. */
const LAST_PLACE = 2_097_151;

/** Sessions whose last place is kept; one that is forgotten begins at what waits. */
const MAX_SESSIONS = 1_000;

/**
 * A session that comes late begins at what is served now, one place behind another for each message: it is served in turn with sessions that
 * filled the queue before, not after them.
 */
export function openTurns(): Turns {
  const last = new Map<SessionId, number>();
  const next = (session: SessionId, lowest: number): number => {
    const place = Math.min(LAST_PLACE, Math.max(last.get(session) ?? 0, lowest) + 1);
    last.delete(session);
    last.set(session, place);
    const [oldest] = last.keys();
    if (last.size > MAX_SESSIONS && oldest !== undefined) last.delete(oldest);
    return place;
  };
  return {
    places(sessions, lowest) {
      if (lowest === undefined) last.clear();
      return sessions.map((session) => next(session, (lowest ?? 1) - 1));
    },
  };
}
