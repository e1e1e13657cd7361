import {
  type Digest,
  type Envelope,
  isInfraFabricError,
  isSessionOver,
  type Message,
  ProtocolError,
  type Recent,
  recent,
  type SessionId,
  type SessionRecord,
} from '@infrafabric/protocol';
import type { OpenedMessage, Verdict } from '@infrafabric/bus';
import type { CoordinatorPorts } from '../ports.ts';
import { keepBeating } from './beating.ts';
import { type Inbox, openInbox } from './inbox.ts';
import { failSession, runSession } from './session.ts';
import { stateLost, takeSession } from './session-lease.ts';
import { REUSED, tellRefusals } from '../refusals.ts';
import { traced } from '../traced.ts';

/** A coordinator process: one mailbox, any number of sessions. */
export interface Coordinator {
  /**
   * Runs a session to its end. `undefined` when it is over already, or another coordinator has it or took it over.
   *
   * @throws what may pass later, and leaves the session to be taken up again; what may not, after the session ended FAILED.
   */
  readonly run: (id: SessionId) => Promise<SessionRecord | undefined>;
  /** Lays down its sessions for others to take up; resolves when nothing runs any more. */
  readonly close: () => Promise<void>;
}

/** Starts listening for answers. State is the truth and messages are hints: an answer only says which task to look at. */
export function openCoordinator(ports: CoordinatorPorts): Coordinator {
  const inboxes = new Map<SessionId, Inbox>();
  const running = new Set<Promise<unknown>>();
  const stop = new AbortController();
  const heard: Heard = recent(10_240);
  const consuming = ports.mailbox.consume(
    async (opened) => hear(opened, { heard, inbox: inboxes.get(opened.session), state: ports.state }),
    {
      signal: stop.signal,
      admit: (opened) => refuseUnasked(opened, inboxes),
      isGuarded: ({ session, message }) => inboxes.has(session) || heard.get(message.message_id) !== undefined,
      onOutcome: tellRefusals(ports),
    },
  );
  return {
    async run(id) {
      if (inboxes.has(id)) return undefined;
      const inbox = openInbox(ports.clock);
      inboxes.set(id, inbox);
      const run = runTaken(id, inbox, ports, stop.signal).finally(() => inboxes.delete(id));
      const settled = run.catch(() => undefined).finally(() => running.delete(settled));
      running.add(settled);
      return run;
    },
    async close() {
      stop.abort();
      await Promise.all([consuming, ...running]);
    },
  };
}

/** What was heard here lately: the hash of each message by its id. A session of 10,000 tasks hears 10,000. */
type Heard = Recent<Digest>;

/**
 * Hands a message to its session, if that runs here and did not hear it before. Of one that is over and has it on record, it is a
 * replay.
 */
async function hear(
  opened: OpenedMessage,
  { heard, inbox, state }: { heard: Heard; inbox: Inbox | undefined } & Pick<CoordinatorPorts, 'state'>,
): Promise<Verdict> {
  const { message, sha256, session, wire, receiveCount } = opened;
  const known = heard.get(message.message_id);
  if (known !== undefined && known !== sha256) return { verdict: 'quarantine', reason: REUSED };
  if (known !== undefined) return receiveCount === 1 ? { verdict: 'duplicate' } : undefined;
  heard.set(message.message_id, sha256);
  inbox?.hear(message);
  const isReplay = inbox === undefined && (await isOnRecord(message, wire, session, state));
  return isReplay ? { verdict: 'duplicate' } : undefined;
}

async function isOnRecord(
  message: Message,
  wire: string,
  id: SessionId,
  state: CoordinatorPorts['state'],
): Promise<boolean> {
  if (!('in_reply_to' in message) || !('task' in message)) return false;
  const session = await state.session(id);
  if (session === undefined || !isSessionOver(session.state)) return false;
  return (await state.task(id, message.task.task_id))?.answer_wire === wire;
}

async function runTaken(
  id: SessionId,
  inbox: Inbox,
  ports: CoordinatorPorts,
  stop: AbortSignal,
): Promise<SessionRecord | undefined> {
  const session = await takeSession(id, ports, stop);
  if (session === undefined) return undefined;
  const rest = keepBeating(session, ports);
  try {
    const over = await traced(
      ports,
      { name: 'coordinate', session: id, parent: session.traceparent },
      async (traceparent) => runSession(session, { inbox, ports, stop, traceparent }),
    );
    ports.mailbox.forget(id);
    return over;
  } catch (error) {
    if (isInfraFabricError(error) && error.code === 'LEASE_LOST') return await refuseIfGone(id, ports);
    if (!isInfraFabricError(error) || error.retry === 'never') await failSession(session, error, ports);
    throw error;
  } finally {
    await rest();
  }
}

/** A session that somebody else holds is theirs; one that is not there any more is nobody's. @throws AgentError `STATE_LOST`. */
async function refuseIfGone(id: SessionId, { state }: CoordinatorPorts): Promise<undefined> {
  if ((await state.session(id)) === undefined) throw stateLost(id);
}

/** An answer to something this session never asked is no answer. @throws ProtocolError `BUS_REPLY_UNBOUND`. */
function refuseUnasked({ message, session }: OpenedMessage<Envelope>, inboxes: ReadonlyMap<SessionId, Inbox>): void {
  if (inboxes.get(session)?.awaits(message) !== false) return;
  throw new ProtocolError('BUS_REPLY_UNBOUND', {
    message: 'expected an answer to a request of this session, for the task it asked about',
    where: message.message_id,
  });
}
