import { conversationId, type SessionId, type TaskId } from './ids.ts';
import type { CloseContent, ContentRef, Deferred, Envelope, InReplyTo, Message, MessageOf } from './message.ts';
import type { Opened } from './open.ts';
import type { WorkerRole } from './role.ts';
import { isChallengeType, type TaskSpec } from './task.ts';

/** A message before its sender numbers and signs it; `Sequence.seal` does both. */
export type Draft<M extends Envelope = Message> = M extends Envelope
  ? Omit<M, 'signature' | 'sequence' | 'prev_hash'>
  : never;

/** What a sender puts on every message. */
export interface Header {
  /** `if://agent/<session or deployment>/<role>/<instance>`. */
  readonly sender: string;
  /** Names the message: a UUID of version 4 or 7, lower case. */
  readonly uuid: string;
  readonly nowMs: number;
  /** Where the work behind the message stands in its session's trace (W3C Trace Context); carried in `ext`, so it is signed. */
  readonly traceparent?: string | undefined;
  /** Life of the message, at most 14 days; 1 h for orders and 24 h for answers unless given. */
  readonly ttlMs?: number;
}

/** The header of one dispatch of a task; `dispatch` counts from 1. */
export interface RequestHeader extends Header {
  readonly session: SessionId;
  readonly dispatch: number;
  readonly deadlineMs: number;
}

/** An opened message that gives an order. */
export type OpenedRequest = Opened<MessageOf<'request'> | MessageOf<'challenge'>>;

/** What a worker says about a task; `fence` is the one its lease gave it. */
export type Reply =
  | { readonly performative: 'accept'; readonly fence: number }
  | ({ readonly fence: number } & Pick<MessageOf<'progress'>, 'performative' | 'content'>)
  | ({ readonly fence: number } & Pick<MessageOf<'failure'>, 'performative' | 'content'>)
  | ({ readonly fence: number } & Pick<MessageOf<'inform'>, 'performative' | 'content' | 'citation'>)
  | ({ readonly fence: number } & Pick<MessageOf<'confirm'>, 'performative' | 'content' | 'citation'>)
  | ({ readonly fence: number } & Pick<MessageOf<'disconfirm'>, 'performative' | 'content' | 'citation'>)
  | Pick<MessageOf<'refuse'>, 'performative' | 'content'>
  | Pick<MessageOf<'not-understood'>, 'performative' | 'content'>;

const HOUR_MS = 3_600_000;
const ORDER_TTL_MS = HOUR_MS;
const ANSWER_TTL_MS = 24 * HOUR_MS;

/** The order to do a task, addressed to whoever of its role takes it; a challenge when its type asks to derive a claim again. */
export function requestFor(task: TaskSpec, header: RequestHeader): Draft<MessageOf<'request' | 'challenge'>> {
  return {
    ...head(header, ORDER_TTL_MS),
    performative: isChallengeType(task.type) ? 'challenge' : 'request',
    conversation_id: conversationId(header.session),
    receiver: roleAddress(task.role),
    task: { task_id: task.task_id, dispatch: header.dispatch, deadline: header.deadlineMs },
    content: {
      task: { type: task.type, service: task.service, region: task.region, input: task.input },
      context: task.context,
      evidence: task.evidence,
    },
    citation: null,
  };
}

/** The same order with its content beside it. */
export function deferred(draft: Draft<MessageOf<Deferred['performative']>>, content_ref: ContentRef): Draft<Deferred> {
  const { content: _, ...rest } = draft;
  return { ...rest, content_ref };
}

/** An answer to an order: bound to its exact bytes, in its conversation, to its sender. */
export function replyTo(request: OpenedRequest, reply: Reply, header: Header): Draft {
  const { conversation_id, sender, task } = request.message;
  const { task_id, dispatch } = task;
  const common = {
    ...head(header, ANSWER_TTL_MS),
    conversation_id,
    receiver: sender,
    in_reply_to: bindingTo(request),
    citation: null,
  };
  switch (reply.performative) {
    case 'accept':
      return { ...common, performative: 'accept', task: { task_id, dispatch, fence: reply.fence }, content: {} };
    case 'not-understood':
      return { ...common, ...reply };
    case 'refuse':
      return { ...common, ...reply, task: { task_id, dispatch } };
    default: {
      const { fence, ...said } = reply;
      return { ...common, ...said, task: { task_id, dispatch, fence } };
    }
  }
}

/** The order to stop a task, to every worker of its role. */
export function cancelOf(
  task: { readonly task_id: TaskId; readonly role: WorkerRole },
  reason: MessageOf<'cancel'>['content'],
  header: Header & { readonly session: SessionId },
): Draft<MessageOf<'cancel'>> {
  return {
    ...head(header, ORDER_TTL_MS),
    performative: 'cancel',
    conversation_id: conversationId(header.session),
    receiver: roleAddress(task.role),
    task: { task_id: task.task_id },
    content: reason,
    citation: null,
  };
}

/** The last word of a session, to one role or agent. */
export function closeOf(
  content: CloseContent,
  receiver: string,
  header: Header & { readonly session: SessionId },
): Draft<MessageOf<'close'>> {
  return {
    ...head(header, ORDER_TTL_MS),
    performative: 'close',
    conversation_id: conversationId(header.session),
    receiver,
    content,
    citation: null,
  };
}

/** What an answer must carry in `in_reply_to` to be an answer to this message. */
export function bindingTo(request: Opened): InReplyTo {
  return { message_id: request.message.message_id, sha256: request.sha256 };
}

/** The address of everyone in a role: `if://role/<role>`. */
export const roleAddress = (role: WorkerRole | 'coordinator'): string => `if://role/${role}`;

/** The address of one agent: `if://agent/<session or deployment>/<role>/<instance>`. */
export const agentAddress = (scope: string, role: WorkerRole | 'coordinator', instance: string): string =>
  `if://agent/${scope}/${role}/${instance}`;

function head(
  header: Header,
  ttlMs: number,
): Pick<Draft, 'if_bus' | 'message_id' | 'sender' | 'timestamp' | 'expires_at' | 'ext'> {
  return {
    ...(header.traceparent === undefined ? {} : { ext: { traceparent: header.traceparent } }),
    if_bus: '1.0',
    message_id: `if://message/${header.uuid}`,
    sender: header.sender,
    timestamp: header.nowMs,
    expires_at: header.nowMs + (header.ttlMs ?? ttlMs),
  };
}
