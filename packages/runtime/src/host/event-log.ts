import type { SessionEvent, SessionId } from '@infrafabric/protocol';
import type { Fabric } from '../fabric.ts';
import { findSession } from '../sessions.ts';
import { toldBy } from '../state-events.ts';
import { waitForSession } from '../wait-for-session.ts';
import { type KeptEvents, openKeptEvents } from './kept-events.ts';

/** An event with its place in the log of its session, for a reader that comes back. */
export interface LoggedEvent {
  readonly id: string;
  readonly event: SessionEvent;
}

/** The events of the sessions of an installation, seen in its state, whoever runs them. */
export interface EventLogs {
  /**
   * The events of a session after the one of id `after`, until it is over or `signal` aborts; `undefined` when nothing
   * happened for {@link QUIET_MS}. Ids stay good when the process starts again on its data folder; an id of another means all
   * events again.
   *
   * @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`.
   */
  readonly follow: (
    id: string,
    options: { readonly after: string | undefined; readonly signal: AbortSignal },
  ) => Promise<AsyncGenerator<LoggedEvent | undefined>>;
}

/** Proxies cut a connection on which nothing moves for a minute, most of them. */
const QUIET_MS = 15_000;

/** Logs of sessions that are over and kept for readers that come back; one that was dropped is made again from state. */
const MAX_LOGS = 100;

type LogPorts = Pick<Fabric, 'config' | 'home' | 'state' | 'clock' | 'clients' | 'addresses'>;

interface Log {
  readonly kept: KeptEvents;
  isOver: boolean;
  failure: unknown;
  changed: PromiseWithResolvers<void>;
}

/** Opens the logs; each is filled from its first reader on, until `stop` aborts. */
export function openEventLogs(fabric: LogPorts, stop: AbortSignal): EventLogs {
  const logs = new Map<SessionId, Log>();
  return {
    async follow(id, { after, signal }) {
      const { session_id } = await findSession(fabric, id);
      const log = logs.get(session_id) ?? openLog(fabric, session_id, stop);
      logs.delete(session_id);
      logs.set(session_id, log);
      dropOldest(logs);
      return read(log, placeAfter(after, log.kept.name), {
        clock: fabric.clock,
        signal: AbortSignal.any([signal, stop]),
      });
    },
  };
}

function openLog(fabric: LogPorts, id: SessionId, signal: AbortSignal): Log {
  const kept = openKeptEvents(fabric.home, id);
  const log: Log = { kept, isOver: false, failure: undefined, changed: Promise.withResolvers() };
  const wake = (): void => {
    const { resolve } = log.changed;
    log.changed = Promise.withResolvers();
    resolve();
  };
  const event = (event: SessionEvent): void => {
    kept.keep(event);
    wake();
  };
  void waitForSession(fabric, id, { observer: { event }, signal, told: toldBy(kept.events) })
    .catch((error: unknown) => (log.failure = error))
    .finally(() => {
      log.isOver = true;
      wake();
    });
  return log;
}

async function* read(
  log: Log,
  from: number,
  { clock, signal }: { readonly clock: Fabric['clock']; readonly signal: AbortSignal },
): AsyncGenerator<LoggedEvent | undefined> {
  for (let at = from; ;) {
    for (const event of log.kept.events.slice(at)) {
      at += 1;
      yield { id: `${log.kept.name}-${at}`, event };
    }
    if (at < log.kept.events.length) continue;
    if (log.failure !== undefined) throw log.failure;
    if (log.isOver || signal.aborted) return;
    const before = log.changed;
    const quiet = new AbortController();
    await Promise.race([before.promise, clock.sleep(QUIET_MS, AbortSignal.any([signal, quiet.signal]))]);
    quiet.abort();
    if (log.changed === before && !signal.aborted) yield undefined;
  }
}

function placeAfter(id: string | undefined, log: string): number {
  const [name, place = ''] = id?.split('-') ?? [];
  return name === log && /^[0-9]{1,9}$/.test(place) ? Number(place) : 0;
}

function dropOldest(logs: Map<SessionId, Log>): void {
  for (const [id, log] of logs) {
    if (logs.size <= MAX_LOGS) return;
    if (log.isOver) logs.delete(id);
  }
}
