import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { Role } from '@infrafabric/protocol';
import {
  type BusDriver,
  type DeadLetter,
  MAX_MESSAGE_BYTES,
  MAX_RECEIVES,
  type Outgoing,
  VISIBILITY_MS,
} from '../bus-driver.ts';
import type { BusError } from '../errors.ts';
import { gather } from '../gather.ts';
import { closed, roleUnknown, tooLarge } from '../refusals.ts';
import { type Publisher, publishTen } from './sns-publisher.ts';
import { deliveryOf } from './sqs-delivery.ts';
import { type SqsQueue, sqsQueue } from './sqs-queue.ts';

/** Options of the SNS and SQS driver: one topic, and one queue with raw delivery for each role behind it. */
export interface SnsSqsOptions extends Publisher {
  readonly sqs: SQSClient;
  /** Queue URLs by role; a role without one is unknown to this bus. */
  readonly queueUrls: Partial<Readonly<Record<Role, string>>>;
  readonly deadLetterUrls: Partial<Readonly<Record<Role, string>>>;
  /** Roles whose queue is behind the topic although this process has no URL of it; none unless given. */
  readonly beyond?: readonly Role[] | undefined;
  /** How long a delivery stays hidden; whole seconds, 30,000 by default. */
  readonly visibilityMs?: number | undefined;
}

/** One PublishBatch call carries 256 KiB with its attributes (SNS quota, 2026-11); 64 bytes an entry are for the attribute. */
const TEN_MESSAGES = {
  maxItems: 10,
  maxBytes: 262_144,
  bytesOf: ({ body }: Outgoing): number => Buffer.byteLength(body) + 64,
};

/** The bus on AWS: publishes to one SNS topic, which fans out to the SQS queue of the role the message names. */
export function snsSqsBus(options: SnsSqsOptions): BusDriver {
  const { sqs, queueUrls, deadLetterUrls, beyond = [], visibilityMs = VISIBILITY_MS } = options;
  const closing = new AbortController();
  const publishOne = gather(async (batch: readonly Outgoing[]) => publishTen(batch, options), TEN_MESSAGES);
  const queues = new Map<string, SqsQueue>();

  const queueAt = (url: string | undefined, role: Role): SqsQueue => {
    if (url === undefined) throw roleUnknown(role);
    const queue = queues.get(url) ?? sqsQueue(sqs, url, visibilityMs);
    queues.set(url, queue);
    return queue;
  };
  const untilClosed = (signal?: AbortSignal): AbortSignal => {
    if (closing.signal.aborted) throw closed();
    return signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
  };
  const refusalOf = ({ body, role }: Outgoing): BusError | undefined => {
    if (closing.signal.aborted) return closed();
    if (queueUrls[role] === undefined && !beyond.includes(role)) return roleUnknown(role);
    const bytes = Buffer.byteLength(body);
    return bytes > MAX_MESSAGE_BYTES ? tooLarge(bytes) : undefined;
  };

  return {
    async publish(batch) {
      return Promise.all(
        batch.map(async (message) => {
          const error = refusalOf(message);
          return error === undefined ? publishOne(message) : { published: false, error };
        }),
      );
    },
    async receive(role, asked) {
      const queue = queueAt(queueUrls[role], role);
      const messages = await queue.receive({ ...asked, signal: untilClosed(asked.signal) }, []);
      return messages.map((message) => deliveryOf(message, queue, () => queueAt(deadLetterUrls[role], role)));
    },
    async receiveDead(role, asked) {
      const queue = queueAt(deadLetterUrls[role], role);
      const messages = await queue.receive({ ...asked, signal: untilClosed(asked.signal) }, REASONS);
      return messages.map((message) => deadLetterOf(message, queue));
    },
    async close() {
      closing.abort();
    },
  };
}

/** What `deadLetter` says of a message, and what SNS says of one it could not deliver (SNS guide, dead-letter queues, 2026-11). */
const REASONS = ['code', 'detail', 'receives', 'ErrorCode', 'ErrorMessage'] as const;

function deadLetterOf(message: Message, queue: SqsQueue): DeadLetter {
  const { Body: body = '', ReceiptHandle: receipt = '', MessageAttributes: attributes } = message;
  const said = (name: (typeof REASONS)[number]): string | undefined => attributes?.[name]?.StringValue;
  const reason =
    said('ErrorCode') === undefined
      ? { code: said('code') ?? 'RECEIVE_COUNT', detail: said('detail') ?? '' }
      : { code: 'UNDELIVERED', detail: `${said('ErrorCode')} ${said('ErrorMessage') ?? ''}`.slice(0, 1_000) };
  return {
    body,
    ...reason,
    receives: Number(said('receives') ?? (reason.code === 'UNDELIVERED' ? 0 : MAX_RECEIVES)),
    ack: async () => queue.delete(receipt),
    async retryAfter(ms) {
      await queue.hide(receipt, ms);
    },
  };
}
