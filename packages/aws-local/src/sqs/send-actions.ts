import { hash } from 'node:crypto';
import * as z from 'zod';
import { AwsFault } from '../engine/fault.ts';
import type { JsonActions } from '../wire/action.ts';
import { checkBatch, eachEntry } from './batch.ts';
import {
  MessageAttribute,
  checkMessageAttributes,
  messageAttributesBytes,
  messageAttributesMd5,
} from './message-attributes.ts';
import type { Queue } from './queue.ts';
import type { SqsState } from './state.ts';

const Outgoing = {
  MessageBody: z.string(),
  DelaySeconds: z.int().optional(),
  MessageAttributes: z.record(z.string(), MessageAttribute).optional(),
  MessageGroupId: z.string().optional(),
};
const OutgoingMessage = z.strictObject(Outgoing);
type OutgoingMessage = z.infer<typeof OutgoingMessage>;
const SendMessage = z.strictObject({ QueueUrl: z.string(), ...Outgoing });
const SendMessageBatch = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(z.strictObject({ Id: z.string(), ...Outgoing })),
});

/** A message, and all messages of a batch together, may have this many bytes. Source: SQS quotas (2026-11). */
const MAX_BATCH_BYTES = 1_048_576;

/** Characters outside the XML 1.0 set that SQS accepts. Source: SQS API reference, SendMessage (2026-11). */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** SendMessage and SendMessageBatch. */
export function sendActions(state: SqsState): JsonActions {
  const { queues, make } = state;
  return {
    SendMessage: make.writes(SendMessage, (input) => send(state, queues.byUrl(input.QueueUrl), input)),
    SendMessageBatch: make.writes(SendMessageBatch, (input) => {
      const queue = queues.byUrl(input.QueueUrl);
      checkBatch(input.Entries);
      if (input.Entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > MAX_BATCH_BYTES) {
        throw new AwsFault('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes.`);
      }
      return eachEntry(input.Entries, (entry) => send(state, queue, entry));
    }),
  };
}

/** Whether SQS accepts every character of a text. */
export function isSqsText(text: string): boolean {
  return !FORBIDDEN.test(text);
}

function send(state: SqsState, queue: Queue, message: OutgoingMessage): object {
  checkMessage(queue, message);
  const attributes = message.MessageAttributes ?? {};
  const delayS = message.DelaySeconds ?? Number(queue.attributes['DelaySeconds']);
  const md5 = messageAttributesMd5(attributes);
  return {
    MessageId: state.messages.add(queue, {
      body: message.MessageBody,
      attributes,
      delayS,
      group: message.MessageGroupId,
    }),
    MD5OfMessageBody: hash('md5', message.MessageBody),
    ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5 }),
  };
}

function checkMessage(queue: Queue, message: OutgoingMessage): void {
  if (message.MessageBody === '') {
    throw new AwsFault('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (!isSqsText(message.MessageBody)) {
    throw new AwsFault('InvalidMessageContents', 'Invalid characters found. Valid unicode characters are XML 1.0.');
  }
  if (message.MessageAttributes !== undefined) checkMessageAttributes(message.MessageAttributes);
  if (message.MessageGroupId !== undefined) checkMessageGroup(message.MessageGroupId);
  const limit = Number(queue.attributes['MaximumMessageSize']);
  if (bytesOf(message) > limit) {
    throw new AwsFault(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
  const delayS = message.DelaySeconds;
  if (delayS === undefined || (delayS >= 0 && delayS <= 900)) return;
  throw new AwsFault(
    'InvalidParameterValue',
    `Value ${delayS} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
  );
}

/** Up to 128 letters, digits and punctuation marks. Source: SQS API reference, SendMessage (2026-11). @throws AwsFault. */
export function checkMessageGroup(group: string): void {
  if (/^[!-~]{1,128}$/.test(group)) return;
  throw new AwsFault(
    'InvalidParameterValue',
    `Value ${group} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function bytesOf(message: OutgoingMessage): number {
  return Buffer.byteLength(message.MessageBody) + messageAttributesBytes(message.MessageAttributes ?? {});
}
