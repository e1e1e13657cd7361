import { isSessionOver, type Observer, type SessionId, type SessionRecord } from '@infrafabric/protocol';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import type { Fabric } from './fabric.ts';
import { eventsOf, noneTold, type Told } from './state-events.ts';
import { gaugesOf, type SessionGauges } from './telemetry/gauges.ts';
import { unlessThrottled } from './unless-throttled.ts';

/** How often a session that runs elsewhere is looked at; on AWS every look is paid for by the size of its tasks. */
const LOOK_MS: Readonly<Record<Config['mode'], number>> = { embedded: 200, redis: 200, aws: 2_000 };

/** How to follow a session. */
export interface WaitOptions {
  readonly observer: Observer;
  /** Hears at every look how the session stands. */
  readonly onLook?: ((gauges: SessionGauges, nowMs: number) => void) | undefined;
  /** Ends the wait before the session is over. */
  readonly until?: (session: SessionRecord) => boolean;
  /** What the observer was told before, which is not told again. */
  readonly told?: Told;
  /** Ends the wait at the next look. */
  readonly signal?: AbortSignal;
}

/**
 * Follows a session whoever runs it until it is over, telling the observer everything that its state says happened, from the
 * beginning, or from what was told before, and with the times at which it did: the same for a session that is over.
 */
export async function waitForSession(
  fabric: Pick<Fabric, 'config' | 'state' | 'clock'>,
  id: SessionId,
  { observer, onLook, until, signal, told = noneTold() }: WaitOptions,
): Promise<SessionRecord> {
  for (;;) {
    const session = await unlessThrottled(async () => fabric.state.session(id), fabric.clock);
    if (session === undefined)
      throw new RuntimeError('STATE_LOST', { message: 'the session is gone from the state store', where: id });
    const statuses = await unlessThrottled(async () => fabric.state.taskStatuses(id), fabric.clock);
    const nowMs = fabric.clock.nowMs();
    for (const event of eventsOf(session, statuses, told, nowMs)) observer.event(event);
    onLook?.(gaugesOf(session, statuses, nowMs), nowMs);
    if (isSessionOver(session.state) || until?.(session) === true || signal?.aborted === true) return session;
    await fabric.clock.sleep(LOOK_MS[fabric.config.mode], signal);
  }
}
