import type { SQSClient } from '@aws-sdk/client-sqs';
import { type Delivery, VISIBILITY_MS } from '../bus-driver.ts';
import { deliveryOf } from './sqs-delivery.ts';
import { type SqsQueue, sqsQueue } from './sqs-queue.ts';

/** One message as Lambda hands it over (Lambda guide, "Using Lambda with Amazon SQS", 2026-11). */
export interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

/** The records Lambda must not delete. */
export interface SqsBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** A queue that calls a function. */
export interface SqsEventQueue {
  /** Gives every record to `take` at once, and answers which of them stay in the queue. `take` must not throw. */
  settle(records: readonly SqsRecord[], take: (delivery: Delivery) => Promise<unknown>): Promise<SqsBatchResponse>;
  /** Sends a message to this queue itself, to be received after `delayMs`. */
  send(body: string, delayMs: number): Promise<void>;
}

/**
 * Opens a queue whose messages Lambda receives and deletes.
 *
 * Lambda deletes every record that is not named in the answer, so an acknowledged one is only noted here; all else (hidden for
 * a while, or not settled at all) is named. A dead letter is sent first and then counts as acknowledged.
 */
export function sqsEventQueue(
  sqs: SQSClient,
  urls: { readonly queue: string; readonly deadLetters: string },
): SqsEventQueue {
  const queue = sqsQueue(sqs, urls.queue, VISIBILITY_MS);
  const deadLetters = sqsQueue(sqs, urls.deadLetters, VISIBILITY_MS);
  return {
    async settle(records, take) {
      const deleted = new Set<string>();
      const noting: SqsQueue = { ...queue, delete: async (receipt) => void deleted.add(receipt) };
      await Promise.all(records.map(async (record) => take(deliveryOf(messageOf(record), noting, () => deadLetters))));
      const left = records.filter(({ receiptHandle }) => !deleted.has(receiptHandle));
      return { batchItemFailures: left.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
    send: async (body, delayMs) => queue.send(body, {}, delayMs),
  };
}

const messageOf = ({ body, receiptHandle, attributes }: SqsRecord): Parameters<typeof deliveryOf>[0] => ({
  Body: body,
  ReceiptHandle: receiptHandle,
  Attributes: { ApproximateReceiveCount: attributes.ApproximateReceiveCount },
});
