import type { Envelope, Message, MessageOf, Opened, SessionId } from '@infrafabric/protocol';

/** A verified message in a handler's hands. */
export interface OpenedMessage<M extends Envelope = Message> extends Opened<M> {
  readonly session: SessionId;
  /** Where the work it asks for, or tells of, stands in the session's trace; a handler that opens a span puts its own here. */
  readonly traceparent?: string | undefined;
  /** How often the message was handed out, this time included. */
  readonly receiveCount: number;
  /** Keeps the message to this handler for `ms` from now (30 s unless given); false when it is lost. */
  extend(ms?: number): Promise<boolean>;
}

/** A verified order. */
export type OpenedRequest = OpenedMessage<MessageOf<'request'> | MessageOf<'challenge'>>;

/** Whether a message is an order to do a task. */
export function isRequest(opened: OpenedMessage): opened is OpenedRequest {
  return opened.message.performative === 'request' || opened.message.performative === 'challenge';
}
