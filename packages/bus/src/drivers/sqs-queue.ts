import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { ReceiveOptions } from '../bus-driver.ts';
import { gather } from '../gather.ts';
import { type FailedEntry, entryError, toBusError } from './bus-error.ts';

/** One SQS queue, with deletes and visibility changes gathered ten to a call. */
export interface SqsQueue {
  /** Waits in whole seconds, rounded down; an abort ends the wait with no messages. */
  receive(options: ReceiveOptions, attributes: readonly string[]): Promise<Message[]>;
  /** `delayMs`: for how long nobody receives it; whole seconds, rounded up, at most 900 (SQS quota). */
  send(body: string, attributes: Readonly<Record<string, string>>, delayMs?: number): Promise<void>;
  delete(receipt: string): Promise<void>;
  /** Hides a message for 1-43,200 whole seconds, rounded up; false when it is not in flight any more. */
  hide(receipt: string, ms: number): Promise<boolean>;
}

/** SQS takes ten entries a batch call. */
const TEN = { maxItems: 10, maxBytes: 10, bytesOf: (): number => 1 };

/** A message may stay hidden for 12 hours (SQS quota). */
const MAX_HIDDEN_SECONDS = 43_200;

/** A message may be delayed for 15 minutes (SQS quota). */
const MAX_DELAY_SECONDS = 900;

/** The message left the flight: deleted, or handed to another consumer. */
const GONE = new Set(['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValue']);

/** Opens a queue by its URL. */
export function sqsQueue(sqs: SQSClient, url: string, visibilityMs: number): SqsQueue {
  const deleteTen = gather(async (receipts: readonly string[]) => {
    const Entries = receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
    const sent = sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    return byEntry(Entries, (await translated(url, sent)).Failed);
  }, TEN);
  const hideTen = gather(async (changes: readonly { receipt: string; seconds: number }[]) => {
    const Entries = changes.map(({ receipt, seconds }, index) => ({
      Id: String(index),
      ReceiptHandle: receipt,
      VisibilityTimeout: seconds,
    }));
    const sent = sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
    return byEntry(Entries, (await translated(url, sent)).Failed);
  }, TEN);

  return {
    receive: async (options, attributes) => receive(sqs, { url, visibilityMs, attributes }, options),
    async send(body, attributes, delayMs = 0) {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
      );
      const DelaySeconds = Math.min(MAX_DELAY_SECONDS, Math.ceil(delayMs / 1_000));
      const message = { QueueUrl: url, MessageBody: body, MessageAttributes, DelaySeconds };
      await translated(url, sqs.send(new SendMessageCommand(message)));
    },
    async delete(receipt) {
      const failure = await deleteTen(receipt);
      if (failure !== undefined && !GONE.has(failure.Code ?? '')) throw entryError(failure, url);
    },
    async hide(receipt, ms) {
      const seconds = Math.min(MAX_HIDDEN_SECONDS, Math.max(1, Math.ceil(ms / 1_000)));
      const failure = await hideTen({ receipt, seconds });
      if (failure === undefined) return true;
      if (GONE.has(failure.Code ?? '')) return false;
      throw entryError(failure, url);
    },
  };
}

async function receive(
  sqs: SQSClient,
  from: { readonly url: string; readonly visibilityMs: number; readonly attributes: readonly string[] },
  { max, waitMs, signal }: ReceiveOptions,
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: from.url,
    MaxNumberOfMessages: max,
    WaitTimeSeconds: Math.min(20, Math.floor(waitMs / 1_000)),
    VisibilityTimeout: Math.ceil(from.visibilityMs / 1_000),
    MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    MessageAttributeNames: [...from.attributes],
  });
  try {
    return (await sqs.send(command, signal === undefined ? {} : { abortSignal: signal })).Messages ?? [];
  } catch (cause) {
    if (signal?.aborted === true) return [];
    throw toBusError(cause, from.url);
  }
}

/** The failure of each entry, or undefined, in their order. */
function byEntry(entries: readonly { Id: string }[], failed: readonly FailedEntry[] = []): (FailedEntry | undefined)[] {
  return entries.map(({ Id }) => failed.find((failure) => failure.Id === Id));
}

async function translated<Answer>(url: string, sent: Promise<Answer>): Promise<Answer> {
  try {
    return await sent;
  } catch (cause) {
    throw toBusError(cause, url);
  }
}
