import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { type ContractCheck, checksOf, errorName } from './check.ts';
import { type ContractClients, unique } from './clients.ts';
import { drain, queue, receive } from './messaging.ts';

type Run = (clients: ContractClients) => Promise<void>;

const checks: Readonly<Record<string, Run>> = {
  'a message comes back with its body, attributes and count': async (clients) => {
    const { url } = await queue(clients);
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'task' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255, 1) },
    };
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'ü <&> 漢', MessageAttributes }));
    const [message] = await receive(clients, url);
    expect(message?.Body).toBe('ü <&> 漢');
    expect(message?.MessageAttributes).toMatchObject(MessageAttributes);
    expect(message?.Attributes?.['ApproximateReceiveCount']).toBe('1');
  },
  'message attributes come only when asked for': async (clients) => {
    const { url } = await queue(clients);
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'task' } };
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageAttributes }));
    const [message] = await receive(clients, url, { MessageAttributeNames: undefined });
    expect(message?.MessageAttributes).toBe(undefined);
  },
  'a message in flight is hidden, and visible again after visibility 0': async (clients) => {
    const { url } = await queue(clients);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    const [first] = await receive(clients, url);
    expect(await receive(clients, url)).toStrictEqual([]);
    await clients.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [second] = await receive(clients, url);
    expect(second?.Attributes?.['ApproximateReceiveCount']).toBe('2');
  },
  'the receipt of an earlier receive deletes nothing': async (clients) => {
    const { url } = await queue(clients);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    const [first] = await receive(clients, url, { VisibilityTimeout: 0 });
    const [second] = await receive(clients, url, { VisibilityTimeout: 0 });
    await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
    expect(await receive(clients, url, { VisibilityTimeout: 0 })).toHaveLength(1);
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
  },
  'batches send and delete ten': async (clients) => {
    const { url } = await queue(clients);
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: `body ${index}` }));
    const sent = await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(sent.Successful).toHaveLength(10);
    const messages = await receive(clients, url);
    expect(new Set(messages.map((message) => message.Body))).toStrictEqual(
      new Set(Entries.map((entry) => entry.MessageBody)),
    );
    const receipts = messages.map((message, index) => ({ Id: `${index}`, ReceiptHandle: message.ReceiptHandle }));
    const deleted = await clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: receipts }));
    expect(deleted.Successful).toHaveLength(10);
  },
  'one bad entry of a batch fails alone': async (clients) => {
    const { url } = await queue(clients);
    const Entries = [
      { Id: 'a', MessageBody: 'good' },
      { Id: 'b', MessageBody: 'x', DelaySeconds: 901 },
    ];
    const sent = await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(sent.Successful?.map((entry) => entry.Id)).toStrictEqual(['a']);
    expect(sent.Failed?.map((entry) => entry.Id)).toStrictEqual(['b']);
  },
  'a batch of none, of eleven, or with one id twice is refused by name': async (clients) => {
    const { url } = await queue(clients);
    const send = (ids: string[]): Promise<string> =>
      errorName(
        clients.sqs.send(
          new SendMessageBatchCommand({ QueueUrl: url, Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })) }),
        ),
      );
    expect(await send([])).toBe('EmptyBatchRequest');
    expect(await send(Array.from({ length: 11 }, (_, index) => `${index}`))).toBe('TooManyEntriesInBatchRequest');
    expect(await send(['a', 'a'])).toBe('BatchEntryIdsNotDistinct');
  },
  'a message of 1 MiB is taken and one byte more is not': async (clients) => {
    const { url } = await queue(clients);
    const send = (bytes: number): Promise<string> =>
      errorName(clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x'.repeat(bytes) })));
    expect(await send(1_048_576)).toBe('none');
    expect(await send(1_048_577)).toBe('InvalidParameterValue');
  },
  'a batch of more than 1 MiB is refused': async (clients) => {
    const { url } = await queue(clients);
    const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: 'x'.repeat(400_000) }));
    const call = clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(await errorName(call)).toBe('BatchRequestTooLong');
  },
  'characters outside XML 1.0 are refused': async (clients) => {
    const { url } = await queue(clients);
    const call = clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'a\u0001b' }));
    expect(await errorName(call)).toBe('InvalidMessageContents');
  },
  'a message received too often goes to the dead letters with its attributes': async (clients) => {
    const { source, dead } = await deadLettered(clients);
    expect(await receive(clients, source.url, { VisibilityTimeout: 0 })).toStrictEqual([]);
    const [letter] = await receive(clients, dead.url);
    expect(letter?.Body).toBe('poison');
    expect(letter?.MessageAttributes?.['kind']?.StringValue).toBe('task');
  },
  'a dead letter names its queue and can be moved back': async (clients) => {
    const { source, dead } = await deadLettered(clients);
    expect(await receive(clients, source.url)).toStrictEqual([]);
    const [letter] = await receive(clients, dead.url, { VisibilityTimeout: 0 });
    expect(letter?.Attributes?.['DeadLetterQueueSourceArn']).toBe(source.arn);
    await clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    expect(await receive(clients, source.url, { WaitTimeSeconds: 2 })).toHaveLength(1);
  },
  'a redrive policy to a queue that does not exist is refused': async (clients) => {
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:${unique('none')}`;
    const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }) };
    const call = clients.sqs.send(new CreateQueueCommand({ QueueName: unique('q'), Attributes }));
    expect(await errorName(call)).toBe('InvalidParameterValue');
  },
  'creating a queue again answers it, and other attributes are refused': async (clients) => {
    const QueueName = unique('q');
    const create = (VisibilityTimeout: string) =>
      clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout } }));
    const first = await create('7');
    expect((await create('7')).QueueUrl).toBe(first.QueueUrl);
    expect(await errorName(create('8'))).toBe('QueueNameExists');
    const found = await clients.sqs.send(new GetQueueUrlCommand({ QueueName }));
    expect(found.QueueUrl).toBe(first.QueueUrl);
  },
  'attributes are counted, changed and checked': async (clients) => {
    const { url } = await queue(clients);
    for (const MessageBody of ['a', 'b'])
      await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'c', DelaySeconds: 60 }));
    await receive(clients, url, { MaxNumberOfMessages: 1 });
    const set = (DelaySeconds: string) =>
      clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { DelaySeconds } }));
    await set('3');
    const found = await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    expect(found.Attributes).toMatchObject({
      DelaySeconds: '3',
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
    expect(await errorName(set('901'))).toBe('InvalidAttributeValue');
  },
  'purging empties a queue and deleting ends it': async (clients) => {
    const { url } = await queue(clients);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    await clients.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(await drain(clients, url)).toStrictEqual([]);
    await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    const call = clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    expect(await errorName(call)).toBe('QueueDoesNotExist');
  },
  'a receipt that is none and a name that is none are refused': async (clients) => {
    const { url } = await queue(clients);
    const remove = clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'garbage' }));
    expect(await errorName(remove)).toBe('ReceiptHandleIsInvalid');
    const create = clients.sqs.send(new CreateQueueCommand({ QueueName: 'bad name!' }));
    expect(await errorName(create)).toBe('InvalidParameterValue');
  },
  'asking for eleven messages is refused': async (clients) => {
    const { url } = await queue(clients);
    expect(await errorName(receive(clients, url, { MaxNumberOfMessages: 11 }))).toBe('InvalidParameterValue');
  },
};

/** What SQS promises the bus about queues and messages. */
export const SQS_CHECKS: readonly ContractCheck[] = checksOf('sqs', checks);

/** A message that was received as often as its queue allows. */
async function deadLettered(clients: ContractClients) {
  const dead = await queue(clients);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
  const source = await queue(clients, { RedrivePolicy });
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'task' } };
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: source.url, MessageBody: 'poison', MessageAttributes }));
  for (const _ of [1, 2]) expect(await receive(clients, source.url, { VisibilityTimeout: 0 })).toHaveLength(1);
  return { source, dead };
}
