import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SNSClient } from '@aws-sdk/client-sns';
import { openAwsLocal } from '@infrafabric/aws-local';
import { expect, test } from 'vitest';
import type { Delivery } from '../bus-driver.ts';
import { manualClock, smallTopology } from '../testing/index.ts';
import { type SqsRecord, sqsEventQueue } from './sqs-event.ts';

/** A queue as a function sees it, and as Lambda does. */
async function open() {
  const clock = manualClock();
  const aws = openAwsLocal({ file: ':memory:', clock });
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: aws.requestHandler(),
  };
  const sqs = new SQSClient({ ...base, useQueueUrlAsEndpoint: false });
  const { queueUrls, deadLetterUrls } = await smallTopology(new SNSClient(base), sqs, ['pricing']);
  const urls = { queue: queueUrls.pricing ?? '', deadLetters: deadLetterUrls.pricing ?? '' };
  const receive = async (QueueUrl = urls.queue): Promise<SqsRecord[]> => {
    const asked = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const] };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...asked, MessageAttributeNames: ['code'] }));
    return Messages.map((message) => ({
      messageId: message.MessageId ?? '',
      receiptHandle: message.ReceiptHandle ?? '',
      body: `${message.Body}${message.MessageAttributes?.['code']?.StringValue ?? ''}`,
      attributes: { ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? '' },
    }));
  };
  return { clock, urls, receive, queue: sqsEventQueue(sqs, urls), close: async () => aws.close() };
}

test('names exactly the records that stay: those hidden for a while and those nobody settled', async () => {
  const { queue, receive, close } = await open();
  for (const body of ['done', 'again', 'left', 'poison']) await queue.send(body, 0);
  const records = await receive();
  const act: Record<string, (delivery: Delivery) => Promise<unknown>> = {
    done: (delivery) => delivery.ack(),
    again: (delivery) => delivery.retryAfter(5_000),
    left: async () => undefined,
    poison: (delivery) => delivery.deadLetter('BAD', 'odd'),
  };

  const answer = await queue.settle(records, async (delivery) => act[delivery.body]?.(delivery));

  const stays = records.filter(({ body }) => body === 'again' || body === 'left');
  expect(answer).toStrictEqual({ batchItemFailures: stays.map(({ messageId }) => ({ itemIdentifier: messageId })) });
  await close();
});

test('a hidden record comes back after its wait with a higher count, and a dead letter says why', async () => {
  const { queue, clock, receive, urls, close } = await open();
  await queue.send('again', 0);
  await queue.settle(await receive(), (delivery) => delivery.retryAfter(5_000));
  await clock.advance(4_000);
  expect(await receive()).toStrictEqual([]);
  await clock.advance(2_000);

  await queue.settle(await receive(), async (delivery) => {
    expect(delivery.receiveCount).toBe(2);
    await delivery.deadLetter('BAD', 'odd');
  });
  expect((await receive(urls.deadLetters)).map(({ body }) => body)).toStrictEqual(['againBAD']);
  await close();
});

test('a message to the queue itself is received after its delay', async () => {
  const { queue, clock, receive, close } = await open();
  await queue.send('later', 4_500);

  await clock.advance(4_900);
  expect(await receive()).toStrictEqual([]);
  await clock.advance(200);
  expect((await receive()).map(({ body }) => body)).toStrictEqual(['later']);
  await close();
});
