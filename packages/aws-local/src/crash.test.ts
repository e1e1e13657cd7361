import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAwsLocal } from './aws-local.ts';
import { AwsLocalError } from './errors.ts';
import { acquireLock } from './lock.ts';
import { contractClients } from './testing/clients.ts';
import { CRASH_NAMES, crashBody } from './testing/crash.ts';
import { drain } from './testing/messaging.ts';

const directory = mkdtempSync(join(tmpdir(), 'aws-local-crash-'));
const file = join(directory, 'aws.db');

/** Every line that the killed children printed: the effects that were acknowledged. */
const acknowledged: string[] = [];

beforeAll(async () => {
  const aws = openAwsLocal({ file });
  const { sns, sqs, s3, dynamodb } = contractClients({ requestHandler: aws.requestHandler() });
  await sqs.send(new CreateQueueCommand({ QueueName: CRASH_NAMES.queue, Attributes: { VisibilityTimeout: '600' } }));
  await sns.send(new CreateTopicCommand({ Name: CRASH_NAMES.topic }));
  const Endpoint = `arn:aws:sqs:us-east-1:000000000000:${CRASH_NAMES.queue}`;
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn: CRASH_NAMES.topicArn, Protocol: 'sqs', Endpoint, Attributes }));
  await s3.send(new CreateBucketCommand({ Bucket: CRASH_NAMES.bucket }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: CRASH_NAMES.table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  await aws.close();
  for (const round of ['1', '2']) acknowledged.push(...(await killedRound(round)));
});
afterAll(() => rmSync(directory, { recursive: true }));

test('after two kills every acknowledged effect is there, whole, and nothing deleted came back', async () => {
  const hourLaterMs = Date.now() + 3_600_000;
  const clock = { nowMs: () => hourLaterMs, sleep: () => Promise.resolve() };
  const aws = openAwsLocal({ file, clock });
  const clients = contractClients({ requestHandler: aws.requestHandler() });
  const [published, deleted] = [effects('message'), new Set(effects('deleted'))];
  const left = await drain(clients, CRASH_NAMES.queueUrl);
  expect(published.length).toBeGreaterThan(100);
  expect(published.filter((id) => !deleted.has(id) && !left.includes(id))).toStrictEqual(inDeletion(left));
  expect(left.filter((id) => deleted.has(id))).toStrictEqual([]);
  expect(new Set(left).size).toBe(left.length);
  for (const id of effects('item')) {
    const found = await clients.dynamodb.send(
      new GetItemCommand({ TableName: CRASH_NAMES.table, Key: { pk: { S: id } } }),
    );
    expect(found.Item?.['body']?.S).toBe(crashBody(id, 1000));
  }
  for (const id of effects('object')) {
    const found = await clients.s3.send(new GetObjectCommand({ Bucket: CRASH_NAMES.bucket, Key: id }));
    expect(await found.Body?.transformToString()).toBe(crashBody(id, 20_000));
  }
  await aws.close();
});

test('a second process is refused while the first lives, and may take over once it is killed', async () => {
  const child = startChild('3');
  const [, pid, bootId] = (await firstLine(child)).split(' ');
  const owner = { pid: Number(pid), bootId };
  expect(acquireLock(directory)).toStrictEqual({ heldBy: owner });
  expect(() => openAwsLocal({ file })).toThrow(expect.objectContaining({ code: 'LOCKED', name: AwsLocalError.name }));
  await kill(child);
  const lock = acquireLock(directory);
  expect(lock).toMatchObject({ pid: process.pid, previous: owner });
  if ('release' in lock) lock.release();
});

function effects(kind: string): string[] {
  return acknowledged.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
}

/** Messages whose deletion was durable and whose acknowledgement the kill cut off: at most one batch of 5 a round. */
function inDeletion(left: readonly string[]): string[] {
  const [published, deleted] = [effects('message'), new Set(effects('deleted'))];
  const missing = published.filter((id) => !deleted.has(id) && !left.includes(id));
  return missing.length <= 10 ? missing : [];
}

/** Kills the child in the middle of its work; answers all it had acknowledged until then. */
async function killedRound(round: string): Promise<string[]> {
  const child = startChild(round);
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    if (output.split('\n').length > 600) child.kill('SIGKILL');
  }
  return output.slice(0, output.lastIndexOf('\n')).split('\n');
}

function startChild(round: string): ChildProcess {
  const script = join(import.meta.dirname, 'testing/crash-child.ts');
  return spawn(process.execPath, [script, directory, round], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk).split('\n', 1)[0] ?? '';
  return '';
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
