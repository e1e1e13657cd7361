import {
  cancelOf,
  type CloseContent,
  closeOf,
  conversationId,
  deferred,
  type Digest,
  type Envelope,
  type EvidenceId,
  evidenceId,
  type Header,
  type Ids,
  largeContent,
  replyTo,
  type Reply,
  requestFor,
  type Role,
  roleAddress,
  Sequence,
  type SessionId,
  type Signer,
  type TaskId,
  type TaskSpec,
  type WorkerRole,
} from '@infrafabric/protocol';
import { addressOf } from './addresses.ts';
import type { Delivery, PublishOutcome } from './bus-driver.ts';
import { type ConsumeOptions, consume, type Consumer, type Handler, take, type TakeOptions } from './consume.ts';
import { type DeadLetterHandling, takeDead } from './dead-letters.ts';
import type { OpenedRequest } from './opened-message.ts';
import type { Outcome, Reason } from './settle.ts';
import { openRecorded, openStoredAnswer, type StoredBinding, type StoredExchange } from './stored-answer.ts';

/** What a mailbox is made of. */
export interface MailboxOptions extends Omit<Consumer, 'answer'> {
  readonly signer: Signer;
  readonly ids: Ids;
}

/** A sealed message that is stored before it is published. */
export interface Sealed {
  readonly wire: string;
  readonly role: Role;
  readonly session: SessionId;
}

/** One dispatch of a task. */
export interface Dispatch {
  readonly session: SessionId;
  /** Counts from 1. */
  readonly dispatch: number;
  readonly deadlineMs: number;
  /** Where the dispatch stands in the session's trace. */
  readonly traceparent?: string | undefined;
}

/** An agent's way to talk: it composes, seals, publishes, opens and settles, so that agents see neither bytes nor keys. */
export interface Mailbox {
  /** `if://agent/<scope>/<role>/<instance>`. */
  readonly identity: string;
  readonly role: Role;
  /**
   * The wire of an order; the coordinator stores it in the task before it publishes it. Content above 64 KiB is kept among the
   * blobs of the session first, and travels as a reference.
   */
  sealRequest(task: TaskSpec, dispatch: Dispatch): Promise<string>;
  /** The wire of any answer to an order; it carries the `traceparent` of the opened order. */
  sealReply(request: OpenedRequest, reply: Reply): string;
  /** The wire that tells of a result; it cites the result by its hash. A challenge is answered by its outcome. */
  sealInform(
    request: OpenedRequest,
    told: {
      readonly fence: number;
      readonly result: { readonly sha256: Digest; readonly size: number };
      readonly act?: 'confirm' | 'disconfirm';
    },
  ): string;
  /** The wire that tells of a task that failed for good. `message` is cut at 1,000 characters. */
  sealFailure(request: OpenedRequest, told: { readonly fence: number } & Reason): string;
  /** The wire that tells the workers of a role to stop a task. */
  sealCancel(task: { readonly task_id: TaskId; readonly role: WorkerRole }, session: SessionId, reason: Reason): string;
  /** The wire that says that a session is over and what everybody said in it, to whoever coordinates. */
  sealClose(session: SessionId, content: CloseContent): Promise<string>;
  /** Publishes sealed messages, ten to a call; never throws, each outcome stands for itself. */
  publish(sealed: readonly Sealed[]): Promise<PublishOutcome[]>;
  /** Seals and publishes an answer to whoever gave the order. */
  answer(request: OpenedRequest, reply: Reply): Promise<PublishOutcome>;
  /** Hands verified messages to `handler` until `signal` aborts; resolves when the last one is settled. */
  consume(handler: Handler, options: ConsumeOptions): Promise<void>;
  /** Hands one delivery that somebody else received to `handler` and settles it, as `consume` does. Never throws. */
  take(delivery: Delivery, handler: Handler, options: TakeOptions): Promise<Outcome>;
  /** Takes what was set aside behind the queue of a role, up to ten letters; answers how each ended. @throws BusError. */
  takeDead(role: Role, handling: DeadLetterHandling): Promise<Outcome[]>;
  /** A stored answer with its request if it verifies as an answer to exactly this request, else undefined. */
  openStored(wire: string, binding: StoredBinding): StoredExchange | undefined;
  /** The message on a wire that is on record if it verifies as one of the session, whoever it is for, else undefined. */
  openRecorded(wire: string, session: SessionId): Envelope | undefined;
  /** Forgets a session that is over. */
  forget(session: SessionId): void;
}

/** Opens the mailbox of one agent. */
export function openMailbox(options: MailboxOptions): Mailbox {
  const { identity, signer, driver, clock, ids, trust, contents } = options;
  const sequence = new Sequence(signer);
  const sender = addressOf(identity);
  const header = (): Header => ({ sender, uuid: ids.uuidv7(), nowMs: clock.nowMs() });
  const sealOrder = async (session: SessionId, draft: Parameters<typeof deferred>[0]): Promise<string> => {
    const large = largeContent(draft.content);
    return sequence.seal(large === undefined ? draft : deferred(draft, await contents.keep(session, large)));
  };
  const sealReply: Mailbox['sealReply'] = (request, reply) =>
    sequence.seal(replyTo(request, reply, { ...header(), traceparent: request.traceparent }));
  const publish: Mailbox['publish'] = async (sealed) =>
    driver.publish(sealed.map(({ wire, role, session }) => ({ body: wire, role, session })));
  const answer: Mailbox['answer'] = async (request, reply) => {
    const [outcome] = await publish([
      { wire: sealReply(request, reply), role: 'coordinator', session: request.session },
    ]);
    if (outcome === undefined) throw new TypeError('expected one outcome for one message, got none');
    return outcome;
  };

  return {
    identity: sender,
    role: identity.role,
    sealRequest: async (task, dispatch) => sealOrder(dispatch.session, requestFor(task, { ...header(), ...dispatch })),
    sealReply,
    sealInform: (request, told) => sealReply(request, informOf(told)),
    sealFailure: (request, { fence, code, message }) =>
      sealReply(request, { performative: 'failure', fence, content: { code, message: cut(message) } }),
    sealCancel: (task, session, { code, message }) =>
      sequence.seal(cancelOf(task, { code, message: cut(message) }, { ...header(), session })),
    sealClose: async (session, content) =>
      sealOrder(session, closeOf(content, roleAddress('coordinator'), { ...header(), session })),
    publish,
    answer,
    consume: async (handler, asked) => consume(handler, asked, { ...options, answer }),
    take: async (delivery, handler, asked) => take(delivery, handler, asked, { ...options, answer }),
    takeDead: async (role, handling) => takeDead(role, handling, { ...options, answer }),
    openStored: (wire, binding) => openStoredAnswer(wire, binding, { trust, nowMs: clock.nowMs() }),
    openRecorded: (wire, session) => openRecorded(wire, session, { trust, nowMs: clock.nowMs() }),
    forget: (session) => sequence.forget(conversationId(session)),
  };
}

function informOf(told: Parameters<Mailbox['sealInform']>[1]): Reply {
  const { sha256, size } = told.result;
  const source: EvidenceId = evidenceId(sha256.slice('sha256:'.length));
  return {
    performative: told.act ?? 'inform',
    fence: told.fence,
    content: { result: { sha256, size, media_type: 'application/json' } },
    citation: { source_url: source, evidence_hash: sha256 },
  };
}

/** A message says why in at most 1,000 characters. */
const cut = (message: string): string => message.slice(0, 1_000).toWellFormed();
