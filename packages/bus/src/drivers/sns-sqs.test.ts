import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openAwsLocal } from '@infrafabric/aws-local';
import { expect, test } from 'vitest';
import { manualClock, smallTopology } from '../testing/index.ts';
import { testBusDriver } from '../testing/suites.ts';
import { snsSqsBus } from './sns-sqs.ts';

const ROLES = ['coordinator', 'collector', 'pricing', 'rightsizing', 'upgrade-risk'] as const;
const SESSION = 's-01936000-0000-7000-8000-000000000001';

/** A bus on the embedded AWS, both on one manual clock. */
async function open() {
  const clock = manualClock();
  const aws = openAwsLocal({ file: ':memory:', clock });
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: aws.requestHandler(),
  };
  const sns = new SNSClient(base);
  const sqs = new SQSClient({ ...base, useQueueUrlAsEndpoint: false });
  const topology = await smallTopology(sns, sqs, ROLES);
  const driver = snsSqsBus({ sns, sqs, clock, ...topology });
  return { clock, sns, sqs, driver, topology, close: async () => aws.close() };
}

const messages = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ body: `m${n}`, role: 'pricing' as const, session: SESSION }));

testBusDriver('SNS and SQS', async () => {
  const { clock, driver, close } = await open();
  return { driver, advance: async (ms) => clock.advance(ms), close };
});

test('publishes and deletes ten to a call, however many calls ask for it', async () => {
  const { sns, sqs, driver, close } = await open();
  const calls: string[] = [];
  sns.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        calls.push(String(commandName));
        return next(args);
      },
    { step: 'initialize', name: 'count' },
  );
  sqs.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        calls.push(String(commandName));
        return next(args);
      },
    { step: 'initialize', name: 'count' },
  );
  await Promise.all(messages(25).map(async (message) => driver.publish([message])));
  const held = [];
  for (let n = 0; n < 3; n += 1) held.push(...(await driver.receive('pricing', { max: 10, waitMs: 0 })));
  await Promise.all(held.map(async (delivery) => delivery.ack()));
  await close();

  expect(held).toHaveLength(25);
  const count = (name: string): number => calls.filter((call) => call === name).length;
  expect([count(PublishBatchCommand.name), count(DeleteMessageBatchCommand.name)]).toStrictEqual([3, 3]);
});

test('sends again only the entries that failed, and says what failed for good', async () => {
  const { clock, sns, driver, close } = await open();
  const sent: string[][] = [];
  sns.middlewareStack.add(
    (next) => async (args) => {
      const entries = 'PublishBatchRequestEntries' in args.input ? (args.input.PublishBatchRequestEntries ?? []) : [];
      sent.push(entries.map(({ Message }) => String(Message)));
      const failing = entries.filter(({ Message }) => Message === 'm2' || (Message === 'm1' && sent.length < 3));
      const refused = entries.filter(({ Message }) => Message === 'm3');
      const answer = await next(args);
      Object.assign(answer.output, {
        Successful: entries
          .filter((entry) => !failing.includes(entry) && !refused.includes(entry))
          .map(({ Id }) => ({ Id })),
        Failed: [
          ...failing.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })),
          ...refused.map(({ Id }) => ({ Id, Code: 'InvalidParameter', SenderFault: true })),
        ],
      });
      return answer;
    },
    { step: 'initialize', name: 'fail' },
  );
  const publishing = driver.publish(messages(4));
  await clock.advance(10_000);
  const outcomes = await publishing;
  await close();

  expect(sent).toStrictEqual([['m0', 'm1', 'm2', 'm3'], ['m1', 'm2'], ['m1', 'm2'], ['m2']]);
  expect(outcomes).toMatchObject([
    { published: true },
    { published: true },
    { published: false, error: { code: 'UNAVAILABLE', retry: 'later' } },
    { published: false, error: { code: 'REJECTED', retry: 'never' } },
  ]);
});

test('names a queue and a topic that are not there', async () => {
  const { sns, sqs, clock, topology, close } = await open();
  const nowhere = 'http://127.0.0.1/000000000000/nowhere';
  const topicArn = 'arn:aws:sns:us-east-1:000000000000:nowhere';
  const driver = snsSqsBus({ ...topology, sns, sqs, clock, topicArn, queueUrls: { pricing: nowhere } });

  await expect(driver.receive('pricing', { max: 1, waitMs: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await driver.publish(messages(1))).toMatchObject([{ published: false, error: { code: 'NOT_FOUND' } }]);
  await close();
});

test('what SNS could not deliver says so', async () => {
  const { sqs, driver, topology, close } = await open();
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const MessageAttributes = { ErrorCode: text('403'), ErrorMessage: text('not allowed'), RequestID: text('r-1') };
  const QueueUrl = topology.deadLetterUrls.pricing;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'lost', MessageAttributes }));
  const letters = await driver.receiveDead('pricing', { max: 10, waitMs: 0 });
  await close();

  expect(letters.map(({ body, code, detail, receives }) => [body, code, detail, receives])).toStrictEqual([
    ['lost', 'UNDELIVERED', '403 not allowed', 0],
  ]);
});
