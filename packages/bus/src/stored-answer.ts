import {
  type Envelope,
  isInfraFabricError,
  type Message,
  type MessageOf,
  openEnvelope,
  openMessage,
  type OpenContext,
  type Role,
  conversationId,
  type SessionId,
} from '@infrafabric/protocol';
import { claimedReceiver } from './addresses.ts';
import { openLate } from './late-message.ts';

/** What a stored answer must belong to. */
export interface StoredBinding {
  readonly session: SessionId;
  /** The exact request the answer must answer, as it was stored before it was sent. */
  readonly requestWire: string;
  /** What the request refers to, where its content travelled beside it. */
  readonly content?: Uint8Array | undefined;
  /** The role that was asked. */
  readonly role: Role;
}

/** An order and what it was answered, both verified. */
export interface StoredExchange {
  readonly request: MessageOf<'request' | 'challenge'>;
  readonly answer: Message;
}

/**
 * A stored answer with its request, if it verifies as an answer of `role` to exactly this request; undefined when it does not.
 *
 * The request is verified first. A message that has expired since is judged at its last instant, so that a session can be
 * resumed later, and one from a clock ahead of ours at its first; a key that is revoked by now refuses it whatever time the message claims.
 */
export function openStoredAnswer(
  wire: string,
  binding: StoredBinding,
  context: Pick<OpenContext, 'trust' | 'nowMs'>,
): StoredExchange | undefined {
  try {
    const asked = openStored(binding.requestWire, [`if://role/${binding.role}`], binding, context);
    const request = asked.message;
    const isOurRequest: OpenContext['isOurRequest'] = ({ message_id, sha256 }) =>
      message_id === request.message_id && sha256 === asked.sha256;
    const answer = openStored(wire, [request.sender], binding, { ...context, isOurRequest }).message;
    const isOrder = request.performative === 'request' || request.performative === 'challenge';
    return isOrder && isFrom(answer, binding.role) ? { request, answer } : undefined;
  } catch (error) {
    if (isInfraFabricError(error)) return undefined;
    throw error;
  }
}

/**
 * The message on a wire as it is on record, if it verifies as one of this session, whoever it is for; undefined when it does not.
 * Content that travelled beside it is not asked for.
 */
export function openRecorded(
  wire: string,
  session: SessionId,
  context: Pick<OpenContext, 'trust' | 'nowMs'>,
): Envelope | undefined {
  const receivers = claimedReceiver(wire);
  try {
    return openLate(wire, { ...context, receivers, conversation: conversationId(session) }, openEnvelope).message;
  } catch (error) {
    if (isInfraFabricError(error)) return undefined;
    throw error;
  }
}

function openStored(
  wire: string,
  receivers: readonly string[],
  { session, content }: StoredBinding,
  context: Pick<OpenContext, 'trust' | 'nowMs' | 'isOurRequest'>,
): ReturnType<typeof openMessage> {
  return openLate(
    wire,
    { ...context, receivers, conversation: conversationId(session), contentOf: () => content },
    openMessage,
  );
}

/** `if://agent/<scope>/<role>/<instance>` */
const isFrom = (answer: Message, role: Role): boolean =>
  'in_reply_to' in answer && answer.sender.split('/')[4] === role;
