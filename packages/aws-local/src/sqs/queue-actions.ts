import * as z from 'zod';
import { AwsFault, notImplemented } from '../engine/fault.ts';
import type { JsonActions } from '../wire/action.ts';
import { DEFAULT_ATTRIBUTES, checkAttributes } from './queue-attributes.ts';
import { type Queue, queueArn, queueUrl } from './queue.ts';
import type { SqsState } from './state.ts';

const Attributes = z.record(z.string(), z.string());
const ByUrl = z.strictObject({ QueueUrl: z.string() });
const CreateQueue = z.strictObject({ QueueName: z.string(), Attributes: Attributes.optional() });
const GetQueueUrl = z.strictObject({ QueueName: z.string() });
const ListQueues = z.strictObject({
  QueueNamePrefix: z.string().optional(),
  MaxResults: z.int().min(1).max(1000).optional(),
  NextToken: z.string().optional(),
});
const GetQueueAttributes = z.strictObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).optional() });
const SetQueueAttributes = z.strictObject({ QueueUrl: z.string(), Attributes });

/** CreateQueue, GetQueueUrl, ListQueues, DeleteQueue, PurgeQueue, GetQueueAttributes, SetQueueAttributes. */
export function queueActions(state: SqsState): JsonActions {
  const { queues, messages, make } = state;
  return {
    CreateQueue: make.writes(CreateQueue, (input, call) => {
      createQueue(state, input.QueueName, input.Attributes ?? {});
      return { QueueUrl: queueUrl(call.origin, input.QueueName) };
    }),
    GetQueueUrl: make.reads(GetQueueUrl, (input, call) => ({
      QueueUrl: queueUrl(call.origin, queues.byName(input.QueueName).name),
    })),
    ListQueues: make.reads(ListQueues, (input, call) => {
      const limit = input.MaxResults ?? 1000;
      const names = queues.names(input.QueueNamePrefix ?? '', input.NextToken ?? '', limit + 1);
      const shown = names.slice(0, limit);
      return {
        QueueUrls: shown.map((name) => queueUrl(call.origin, name)),
        ...(names.length > limit && input.MaxResults !== undefined ? { NextToken: shown.at(-1) } : {}),
      };
    }),
    DeleteQueue: make.writes(ByUrl, (input) => queues.delete(queues.byUrl(input.QueueUrl))),
    PurgeQueue: make.writes(ByUrl, (input) => messages.purge(queues.byUrl(input.QueueUrl))),
    GetQueueAttributes: make.reads(GetQueueAttributes, (input) => {
      const asked = input.AttributeNames ?? [];
      const all = attributesOf(state, queues.byUrl(input.QueueUrl));
      const shown = Object.entries(all).filter(([name]) => asked.includes('All') || asked.includes(name));
      return { Attributes: Object.fromEntries(shown) };
    }),
    SetQueueAttributes: make.writes(SetQueueAttributes, (input) => {
      setAttributes(state, queues.byUrl(input.QueueUrl), input.Attributes);
    }),
  };
}

function createQueue(state: SqsState, name: string, attributes: Readonly<Record<string, string>>): void {
  if (name.endsWith('.fifo')) throw notImplemented('FIFO queues (a QueueName that ends in .fifo)');
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw new AwsFault(
      'InvalidParameterValue',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  checkAttributes(attributes, (arn) => isOtherQueue(state, arn, name));
  const existing = state.queues.find(name);
  if (existing === undefined) {
    state.queues.create(name, { ...DEFAULT_ATTRIBUTES, ...attributes }, nowS(state));
    return;
  }
  const different = Object.keys(attributes).find((key) => existing.attributes[key] !== attributes[key]);
  if (different === undefined) return;
  throw new AwsFault(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${different}`,
  );
}

function setAttributes(state: SqsState, queue: Queue, changes: Readonly<Record<string, string>>): void {
  checkAttributes(changes, (arn) => isOtherQueue(state, arn, queue.name));
  const merged = Object.entries({ ...queue.attributes, ...changes });
  state.queues.change(queue, Object.fromEntries(merged.filter(([, value]) => value !== '')), nowS(state));
}

function attributesOf(state: SqsState, queue: Queue): Record<string, string> {
  const counts = state.messages.counts(queue);
  return {
    QueueArn: queueArn(queue.name),
    ...queue.attributes,
    CreatedTimestamp: String(queue.createdS),
    LastModifiedTimestamp: String(queue.modifiedS),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
}

function isOtherQueue(state: SqsState, arn: string, name: string): boolean {
  return arn !== queueArn(name) && state.queues.find(arn) !== undefined;
}

function nowS(state: SqsState): number {
  return Math.floor(state.clock.nowMs() / 1000);
}
