import { isInfraFabricError, isSessionOver, type SessionId, type SessionRecord } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { traced } from '../traced.ts';
import { keepBeating } from './beating.ts';
import { openInbox } from './inbox.ts';
import { type PassOrder, passOver } from './pass.ts';
import { failSession } from './session.ts';
import { type Wake, wakeOf } from './wake.ts';
import type { RoleProgress } from './watch.ts';

/** How a pass ended. */
export type PassEnd =
  | { readonly end: 'over'; readonly session: SessionRecord }
  /** The session goes on; `wake` is to be delivered to a coordinator after `afterMs`. */
  | { readonly end: 'open'; readonly wake: Wake; readonly afterMs: number }
  /** Nothing to do here: another pass is at work or another note is on its way. */
  | { readonly end: 'left' };

/** A coordinator that waits for nothing: every call goes over one session and ends. */
export interface Passes {
  /** A message hinted at news. */
  readonly hint: (id: SessionId, stop: AbortSignal) => Promise<PassEnd>;
  readonly wake: (wake: Wake, stop: AbortSignal) => Promise<PassEnd>;
}

/** How long the holder of a session must stand still before another coordinator takes it. */
const TAKEOVER_MS = 30_000;

/** Sessions whose roles' progress is remembered. */
const MAX_REMEMBERED = 100;

/**
 * Opens a coordinator for places where no process stays. State is the truth: each pass takes the session, folds what is
 * there, sends what is due and lays the session down again. Ticks are counted by notes alone, `pace.tickMs` apart, so that a
 * burst of answers makes no lease look old.
 */
export function openPasses(ports: CoordinatorPorts): Passes {
  const progress = new Map<SessionId, RoleProgress>();
  const progressOf = (id: SessionId): RoleProgress => {
    const known = progress.get(id) ?? new Map();
    progress.delete(id);
    progress.set(id, known);
    for (const old of [...progress.keys()].slice(0, -MAX_REMEMBERED)) progress.delete(old);
    return known;
  };
  const pass = async (taken: Taken, watches: boolean, stop: AbortSignal) =>
    passHeld(taken, ports, { watches, progress: progressOf(taken.session.session_id), stop });
  return {
    async hint(id, stop) {
      const session = await ports.state.session(id);
      if (session === undefined) return { end: 'left' };
      if (isSessionOver(session.state)) return { end: 'over', session };
      const taken = isFree(session, ports) ? await take(session, 0, ports) : undefined;
      return taken === undefined ? { end: 'left' } : pass(taken, false, stop);
    },
    async wake(wake, stop) {
      const session = await ports.state.session(wake.session_id);
      if (session === undefined) return { end: 'left' };
      if (isSessionOver(session.state)) return { end: 'over', session };
      if (session.tick !== wake.tick) return { end: 'left' };
      const stillMs = isStill(session, wake) ? wake.still_ms + ports.pace.tickMs : 0;
      const mayTake = isFree(session, ports) || stillMs > TAKEOVER_MS;
      const taken = mayTake ? await take(session, 1, ports) : undefined;
      if (taken !== undefined) return pass(taken, true, stop);
      return { end: 'open', wake: wakeOf(session, ports.clock.nowMs(), stillMs), afterMs: ports.pace.tickMs };
    },
  };
}

/** A session that is held by this pass, and how it was found. */
interface Taken {
  readonly session: SessionRecord;
  /** Its last holder did not lay it down. */
  readonly takesOver: boolean;
  /** The tick that the newest note about it names. */
  readonly notedTick: number;
}

const isFree = ({ boot_id }: SessionRecord, ports: CoordinatorPorts): boolean =>
  boot_id === undefined || boot_id === ports.bootId;

const isStill = ({ fence, hb = 0 }: SessionRecord, wake: Wake): boolean => fence === wake.fence && hb === wake.hb;

async function take(session: SessionRecord, ticks: 0 | 1, ports: CoordinatorPorts): Promise<Taken | undefined> {
  const { session_id, fence, tick, state, boot_id } = session;
  const taken = await ports.state.changeSession(session_id, {
    expect: { fence, tick, state },
    add: { fence: 1, tick: ticks },
    set: { owner: ports.mailbox.identity, boot_id: ports.bootId, state: state === 'CREATED' ? 'RUNNING' : state },
  });
  if (taken === undefined) return undefined;
  if (state === 'CREATED') ports.observer.event({ type: 'session-started', session_id, at_ms: ports.clock.nowMs() });
  return { session: taken, takesOver: boot_id !== undefined, notedTick: tick };
}

async function passHeld(
  { session, takesOver, notedTick }: Taken,
  ports: CoordinatorPorts,
  order: Pick<PassOrder, 'watches' | 'progress'> & { readonly stop: AbortSignal },
): Promise<PassEnd> {
  const run = { ports, inbox: openInbox(ports.clock), stop: order.stop };
  const rest = keepBeating(session, ports);
  try {
    const passed = await traced(
      ports,
      { name: 'coordinate', session: session.session_id, parent: session.traceparent },
      async (traceparent) => passOver(session, { ...order, run: { ...run, traceparent }, takesOver }),
    );
    await rest();
    if (isSessionOver(passed.state)) return { end: 'over', session: passed };
    const laid = await layDown(passed, ports);
    if (laid === undefined || laid.tick === notedTick) return { end: 'left' };
    const afterMs = order.stop.aborted ? 0 : ports.pace.tickMs;
    return { end: 'open', wake: wakeOf(laid, ports.clock.nowMs()), afterMs };
  } catch (error) {
    await rest();
    return await endFailed(session, error, ports);
  }
}

/** What may pass later is tried again by the next pass; what may not ends the session. */
async function endFailed(taken: SessionRecord, error: unknown, ports: CoordinatorPorts): Promise<PassEnd> {
  if (isInfraFabricError(error) && error.code === 'LEASE_LOST') return { end: 'left' };
  if (!isInfraFabricError(error) || error.retry === 'never') await failSession(taken, error, ports);
  const session = await ports.state.session(taken.session_id);
  if (session === undefined) return { end: 'left' };
  if (isSessionOver(session.state)) return { end: 'over', session };
  const laid = (await layDown(taken, ports)) ?? session;
  return { end: 'open', wake: wakeOf(laid, ports.clock.nowMs()), afterMs: ports.pace.tickMs };
}

/** Lays a session down, so that the next pass need not wait; `undefined` when it was taken over. */
async function layDown({ session_id, fence }: SessionRecord, ports: CoordinatorPorts) {
  return ports.state.changeSession(session_id, { expect: { fence }, remove: ['owner', 'boot_id'] });
}
