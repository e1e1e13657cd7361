import {
  type Clock,
  type Envelope,
  isDeferred,
  isInfraFabricError,
  openEnvelope,
  ProtocolError,
  refuseReplay,
  type Reply,
  type ReplayMemory,
  traceparentOf,
  type TrustStore,
  withContent,
} from '@infrafabric/protocol';
import { type Identity, receiversOf, sessionOf } from './addresses.ts';
import { type BusDriver, type Delivery, type PublishOutcome, VISIBILITY_MS } from './bus-driver.ts';
import type { Contents } from './contents.ts';
import { drain } from './drain.ts';
import { isRequest, type OpenedMessage, type OpenedRequest } from './opened-message.ts';
import { type Handling, type Outcome, type Reason, settle, type Verdict } from './settle.ts';

/** Does what a verified message asks for, durably, before it resolves; nothing means done. */
export type Handler = (opened: OpenedMessage) => Promise<Verdict | void>;

/** How a mailbox consumes. */
export interface ConsumeOptions {
  readonly signal: AbortSignal;
  /** Messages in work at the same time; 10 unless given. */
  readonly concurrency?: number;
  /** How long one receive waits; 20,000 ms unless given (the longest long poll of SQS). */
  readonly waitMs?: number;
  /** Refuses a verified message for a reason of the receiver's own: what it throws is the code the message is quarantined with. */
  readonly admit?: (opened: OpenedMessage<Envelope>) => void | Promise<void>;
  /**
   * Whether a conditional write of the handler's own, or what it has heard, keeps a replay of this message out. Then nobody
   * remembers it here, and the handler says `duplicate` itself.
   */
  readonly isGuarded?: (opened: OpenedMessage<Envelope>) => boolean;
  /** Hears how each verified delivery ended, besides the mailbox; must not throw. */
  readonly onOutcome?: (outcome: Outcome, opened: OpenedMessage<Envelope>) => void;
  /** Hears that a verified message goes to the dead letters, before it goes; the place to fail its task. */
  readonly onGiveUp?: (opened: OpenedMessage, reason: Reason) => Promise<void>;
}

/** Keeps a wire that could not be verified, content-addressed, with its code; nobody is answered. */
export interface Quarantine {
  keep(wire: string, code: string): Promise<void>;
}

/** How one delivery is taken. */
export type TakeOptions = Pick<ConsumeOptions, 'admit' | 'isGuarded' | 'onGiveUp' | 'onOutcome'>;

/** What consuming needs of its mailbox. */
export interface Consumer {
  readonly identity: Identity;
  readonly trust: TrustStore;
  readonly driver: BusDriver;
  readonly clock: Clock;
  readonly replay: ReplayMemory;
  readonly quarantine: Quarantine;
  readonly contents: Contents;
  /** Hears how each delivery ended, for counters and logs; must not throw. */
  readonly onOutcome?: ((outcome: Outcome, opened: OpenedMessage<Envelope> | undefined) => void) | undefined;
  /** Seals and publishes an answer to whoever gave the order. */
  answer(request: OpenedRequest, reply: Reply): Promise<PublishOutcome>;
}

/** Receives, opens, checks for replay, hands over and settles until the signal aborts. */
export async function consume(handler: Handler, options: ConsumeOptions, consumer: Consumer): Promise<void> {
  const { driver, clock, identity } = consumer;
  const { signal, concurrency = 10, waitMs = 20_000 } = options;
  await drain({ driver, clock, queue: identity.role, signal, concurrency, waitMs }, async (delivery) =>
    take(delivery, handler, options, consumer),
  );
}

/** Takes one delivery through its life; the way a poller and a Lambda function share. Never throws. */
export async function take(
  delivery: Delivery,
  handler: Handler,
  options: TakeOptions,
  consumer: Consumer,
): Promise<Outcome> {
  let known: OpenedMessage<Envelope> | undefined;
  const handling: Handling<OpenedMessage | undefined> = {
    async open(body) {
      known = open(body, delivery, consumer);
      await options.admit?.(known);
      const isNew = options.isGuarded?.(known) === true || !(await isReplay(known, consumer));
      return isNew ? whole(known, consumer) : undefined;
    },
    handle: async (opened) =>
      opened === undefined ? { verdict: 'duplicate' } : ((await handler(opened)) ?? undefined),
    answer: async (opened, performative, reason) => answer(opened, performative, reason, consumer),
    giveUp: async (opened, reason) => (opened === undefined ? undefined : options.onGiveUp?.(opened, reason)),
    quarantine: async (body, { code }) => consumer.quarantine.keep(body, code),
  };
  const outcome = await settle(delivery, handling);
  consumer.onOutcome?.(outcome, known);
  if (known !== undefined) options.onOutcome?.(outcome, known);
  return outcome;
}

function open(body: string, delivery: Delivery, { identity, trust, clock }: Consumer): OpenedMessage<Envelope> {
  const opened = openEnvelope(body, { trust, receivers: receiversOf(identity, body), nowMs: clock.nowMs() });
  const { conversation_id, message_id } = opened.message;
  const session = sessionOf(conversation_id);
  if (session === undefined) {
    const message = `expected the conversation of a session, got ${conversation_id}`;
    throw new ProtocolError('BUS_WRONG_CONVERSATION', { message, where: message_id });
  }
  const extend = async (ms: number = VISIBILITY_MS): Promise<boolean> => delivery.extend(ms);
  const traceparent = traceparentOf(opened.message);
  return { ...opened, session, traceparent, receiveCount: delivery.receiveCount, extend };
}

/** The message with its content, which is fetched when it travelled beside it: after every check that needs no content. */
async function whole({ message, ...opened }: OpenedMessage<Envelope>, { contents }: Consumer): Promise<OpenedMessage> {
  if (!isDeferred(message)) return { ...opened, message };
  const { wire, sha256, session } = opened;
  const bytes = await contents.fetch(session, message.content_ref);
  return { ...opened, message: withContent({ message, wire, sha256 }, bytes).message };
}

/**
 * Whether the message was seen in another delivery; an id that was seen with other bytes is refused. A second receive of
 * one delivery is no replay: its first handling may have ended halfway.
 */
async function isReplay(opened: OpenedMessage<Envelope>, { replay }: Consumer): Promise<boolean> {
  try {
    await refuseReplay(opened, replay, opened.session);
    return false;
  } catch (error) {
    if (isInfraFabricError(error) && error.code === 'BUS_DUPLICATE') return opened.receiveCount === 1;
    throw error;
  }
}

async function answer(
  opened: OpenedMessage | undefined,
  performative: 'refuse' | 'not-understood',
  { code, message }: Reason,
  consumer: Consumer,
): Promise<void> {
  if (opened === undefined || !isRequest(opened)) return;
  const content = { code, message: message.slice(0, 1_000).toWellFormed() };
  const outcome = await consumer.answer(opened, { performative, content });
  if (!outcome.published) throw outcome.error;
}
