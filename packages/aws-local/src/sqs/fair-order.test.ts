import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, type Message, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, expect, test } from 'vitest';
import { openAwsLocal } from '../aws-local.ts';
import { contractClients } from '../testing/clients.ts';
import { queue, receive, subscribedQueue } from '../testing/messaging.ts';

const aws = openAwsLocal({ file: ':memory:' });
const clients = contractClients({ requestHandler: aws.requestHandler() });
afterAll(() => aws.close());

const send = async (url: string, group: string | undefined, count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) {
    const message = { QueueUrl: url, MessageBody: `${group ?? 'none'}${n}` };
    await clients.sqs.send(
      new SendMessageCommand(group === undefined ? message : { ...message, MessageGroupId: group }),
    );
  }
};
const bodies = (messages: readonly Message[]): (string | undefined)[] => messages.map(({ Body }) => Body);

test('a group that came late is served in turn with one that filled the queue, each oldest first', async () => {
  const { url } = await queue(clients);
  await send(url, 'a', 20);
  await send(url, 'b', 3);

  expect(bodies(await receive(clients, url))).toStrictEqual([
    'a1',
    'b1',
    'a2',
    'b2',
    'a3',
    'b3',
    'a4',
    'a5',
    'a6',
    'a7',
  ]);
});

test('the group with the fewest messages in hand is next, and a deleted one is in hand no more', async () => {
  const { url } = await queue(clients);
  await send(url, 'a', 20);
  const held = await receive(clients, url, { MaxNumberOfMessages: 3 });
  await send(url, 'b', 9);

  expect(bodies(await receive(clients, url, { MaxNumberOfMessages: 4 }))).toStrictEqual(['b1', 'b2', 'b3', 'a4']);
  for (const { ReceiptHandle } of held)
    await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  expect(bodies(await receive(clients, url, { MaxNumberOfMessages: 3 }))).toStrictEqual(['a5', 'a6', 'a7']);
});

test('messages without a group are one group', async () => {
  const { url } = await queue(clients);
  await send(url, undefined, 4);
  await send(url, 'b', 1);

  expect(bodies(await receive(clients, url, { MaxNumberOfMessages: 3 }))).toStrictEqual(['none1', 'b1', 'none2']);
});

test('a topic hands the group on, and a receiver can ask for it', async () => {
  const { topic, url } = await subscribedQueue(clients, { RawMessageDelivery: 'true' });
  const entries = [{ Id: '1', Message: 'm', MessageGroupId: 's-1' }];
  await clients.sns.send(new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries: entries }));

  const [message] = await receive(clients, url, { MessageSystemAttributeNames: ['MessageGroupId'] });
  expect(message?.Attributes).toStrictEqual({ MessageGroupId: 's-1' });
});
