import { hash } from 'node:crypto';
import * as z from 'zod';
import { AwsFault } from '../engine/fault.ts';
import { ACCOUNT } from '../engine/identity.ts';
import type { JsonActions } from '../wire/action.ts';
import { askedAttributes, messageAttributesMd5 } from './message-attributes.ts';
import type { TakenMessage } from './message-table.ts';
import type { SqsState } from './state.ts';

const ReceiveMessage = z.strictObject({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().optional(),
  VisibilityTimeout: z.int().optional(),
  WaitTimeSeconds: z.int().optional(),
  AttributeNames: z.array(z.string()).optional(),
  MessageSystemAttributeNames: z.array(z.string()).optional(),
  MessageAttributeNames: z.array(z.string()).optional(),
});
type ReceiveMessage = z.infer<typeof ReceiveMessage>;

/** ReceiveMessage: short and long polls. */
export function receiveActions(state: SqsState): JsonActions {
  return {
    ReceiveMessage: state.make.waits(ReceiveMessage, async (input, call) => {
      checkRange('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, 10);
      checkRange('WaitTimeSeconds', input.WaitTimeSeconds, 0, 20);
      checkRange('VisibilityTimeout', input.VisibilityTimeout, 0, 43_200);
      const messages = await poll(state, input, call.signal);
      return messages.length === 0 ? {} : { Messages: messages.map((message) => shown(message, input)) };
    }),
  };
}

async function poll(
  state: SqsState,
  input: ReceiveMessage,
  signal: AbortSignal | undefined,
): Promise<readonly TakenMessage[]> {
  const { clock, queues, rooms } = state;
  const first = queues.byUrl(input.QueueUrl);
  const waitS = input.WaitTimeSeconds ?? Number(first.attributes['ReceiveMessageWaitTimeSeconds']);
  const endMs = clock.nowMs() + waitS * 1000;
  for (;;) {
    const messages = await take(state, input, signal);
    const leftMs = endMs - clock.nowMs();
    if (messages.length > 0 || leftMs <= 0) return messages;
    await rooms.wait(first.id, leftMs, signal);
    if (rooms.closed || signal?.aborted) return leaving(state, first.id);
  }
}

/** Leaves with nothing, and passes on the wake-up that may have come at the same time. */
function leaving({ rooms }: SqsState, queueId: number): readonly TakenMessage[] {
  rooms.ring(queueId);
  return [];
}

/** Takes messages durably. A receiver that left meanwhile gets none: its messages are visible again at once. */
async function take(
  state: SqsState,
  input: ReceiveMessage,
  signal: AbortSignal | undefined,
): Promise<readonly TakenMessage[]> {
  const { db, messages, queues, rooms } = state;
  const queue = queues.byUrl(input.QueueUrl);
  if ((messages.nextVisibleMs(queue.id) ?? Infinity) > state.clock.nowMs()) return db.read(() => []);
  const visibilityS = input.VisibilityTimeout ?? queue.visibilityTimeoutS;
  const taken = await db.write(() => messages.take(queue, input.MaxNumberOfMessages ?? 1, visibilityS));
  if (signal?.aborted) {
    await db.write(() => taken.forEach((message) => messages.giveBack(queue, message.receiptHandle)));
    return [];
  }
  rooms.ring(queue.id);
  return taken;
}

function shown(message: TakenMessage, input: ReceiveMessage): object {
  const asked = new Set([...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]);
  const system = Object.entries(systemAttributes(message)).filter(
    ([name, value]) => value !== undefined && (asked.has('All') || asked.has(name)),
  );
  const attributes = askedAttributes(message.attributes, input.MessageAttributeNames ?? []);
  const md5 = messageAttributesMd5(attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: hash('md5', message.body),
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(md5 === undefined ? {} : { MessageAttributes: attributes, MD5OfMessageAttributes: md5 }),
  };
}

function systemAttributes(message: TakenMessage): Record<string, string | undefined> {
  return {
    SenderId: ACCOUNT,
    SentTimestamp: String(message.sentMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs),
    DeadLetterQueueSourceArn: message.source,
    MessageGroupId: message.group,
  };
}

function checkRange(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (value >= min && value <= max)) return;
  throw new AwsFault(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
  );
}
