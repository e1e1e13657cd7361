import type { MessageAttributes } from '../sqs/message-attributes.ts';

/** A message as a publisher gives it. */
export interface Publication {
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** Passed on to queues, which serve their groups fairly. */
  readonly group: string | undefined;
}
