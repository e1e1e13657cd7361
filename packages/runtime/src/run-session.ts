import { askToCancel, type Worker } from '@infrafabric/agents';
import { isSessionOver, type Observer, type SessionRecord, WORKER_ROLES } from '@infrafabric/protocol';
import type { Fabric } from './fabric.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import { tellBoth } from './telemetry/tell-both.ts';
import { isAbandoned } from './session-line.ts';
import { unlessThrottled } from './unless-throttled.ts';
import { waitForSession } from './wait-for-session.ts';

/** How a session is run: where its agents are, who hears of it, and what stops it. */
export interface RunOptions {
  /** Start no agents in this process. */
  readonly external: boolean;
  readonly observer: Observer;
  /** Hears what agents of this process say as well. */
  readonly telemetry: Telemetry;
  /** Cancels the session: it still runs to its end, which is CANCELLED. */
  readonly signal: AbortSignal;
}

/** Runs a session to its end, here or by other processes, whatever happens to the coordinators of those. */
export async function runSession(fabric: Fabric, session: SessionRecord, options: RunOptions): Promise<SessionRecord> {
  let cancelling: Promise<unknown> = Promise.resolve(undefined);
  const cancel = (): void => {
    cancelling = askToCancel(fabric, session).then(
      () => undefined,
      (error: unknown) => error,
    );
  };
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();
  try {
    const ended = options.external
      ? await waitForSession(fabric, session.session_id, { observer: options.observer })
      : await runHere(fabric, session, options);
    const failure = await cancelling;
    if (failure !== undefined && ended.state !== 'CANCELLED') throw failure;
    return ended;
  } finally {
    options.signal.removeEventListener('abort', cancel);
  }
}

async function runHere(
  fabric: Fabric,
  { session_id }: SessionRecord,
  { observer: hears, telemetry }: Pick<RunOptions, 'observer' | 'telemetry'>,
): Promise<SessionRecord> {
  const observer = tellBoth(hears, telemetry.observer);
  telemetry.watchSessions();
  const workers: Worker[] = WORKER_ROLES.map((role) => fabric.startWorker(role, observer));
  const coordinator = fabric.startCoordinator(observer);
  try {
    for (;;) {
      const ended = await unlessThrottled(async () => coordinator.run(session_id), fabric.clock);
      if (ended !== undefined) return ended;
      const seen = await waitForSession(fabric, session_id, { observer, until: isAbandoned });
      if (isSessionOver(seen.state)) return seen;
    }
  } finally {
    await Promise.all([coordinator.close(), ...workers.map((worker) => worker.close())]);
  }
}
