import type { Message } from '@aws-sdk/client-sqs';
import type { Delivery } from '../bus-driver.ts';
import type { SqsQueue } from './sqs-queue.ts';

/** A received message in hand: what `queue.delete` does ends it. */
export function deliveryOf(message: Message, queue: SqsQueue, deadLetters: () => SqsQueue): Delivery {
  const { Body: body = '', ReceiptHandle: receipt = '' } = message;
  const receiveCount = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
  return {
    body,
    receiveCount,
    ack: async () => queue.delete(receipt),
    async retryAfter(ms) {
      await queue.hide(receipt, ms);
    },
    async deadLetter(code, detail) {
      const text = printable(detail);
      const why = { code, receives: String(receiveCount) };
      await deadLetters().send(body, text === '' ? why : { ...why, detail: text });
      await queue.delete(receipt);
    },
    extend: async (ms) => queue.hide(receipt, ms),
  };
}

/** SQS takes no control characters but tab, line feed and carriage return. */
function printable(detail: string): string {
  return detail
    .slice(0, 1_000)
    .toWellFormed()
    .replaceAll(/[^\t\n\r -\uFFFD]/gu, ' ');
}
