import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
import { openAwsLocal } from '../aws-local.ts';
import { acquireLock } from '../lock.ts';
import { CRASH_NAMES, crashBody } from './crash.ts';
import { contractClients } from './clients.ts';
import { receive } from './messaging.ts';

/**
 * A process that is meant to be killed: `node crash-child.ts <directory> <round>`.
 * It writes until it dies and prints each acknowledged effect on a line: `message <id>`, `deleted <id>`, `item <id>`,
 * `object <id>`; first `owner <pid> <boot id>`.
 */
const [directory = '', round = ''] = process.argv.slice(2);
const lock = acquireLock(directory);
if ('heldBy' in lock) throw new Error(`expected a free directory, got one held by ${lock.heldBy.pid}`);
const aws = openAwsLocal({ file: join(directory, 'aws.db') });
const clients = contractClients({ requestHandler: aws.requestHandler() });
say('owner', [String(lock.pid), lock.bootId].join(' '));

await Promise.all([
  forever(async (index) => {
    const ids = Array.from({ length: 10 }, (_, entry) => `${round}-${index}-${entry}`);
    const PublishBatchRequestEntries = ids.map((Message, entry) => ({ Id: `${entry}`, Message }));
    await clients.sns.send(new PublishBatchCommand({ TopicArn: CRASH_NAMES.topicArn, PublishBatchRequestEntries }));
    for (const id of ids) say('message', id);
  }),
  forever(async () => {
    const messages = await receive(clients, CRASH_NAMES.queueUrl, { WaitTimeSeconds: 1, MaxNumberOfMessages: 5 });
    const Entries = messages.map((message, index) => ({ Id: `${index}`, ReceiptHandle: message.ReceiptHandle }));
    if (Entries.length === 0) return;
    await clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: CRASH_NAMES.queueUrl, Entries }));
    for (const message of messages) say('deleted', message.Body ?? '');
  }),
  forever(async (index) => {
    const id = `${round}-${index}`;
    await clients.dynamodb.send(
      new PutItemCommand({ TableName: CRASH_NAMES.table, Item: { pk: { S: id }, body: { S: crashBody(id, 1000) } } }),
    );
    say('item', id);
  }),
  forever(async (index) => {
    const id = `${round}-${index}`;
    await clients.s3.send(
      new PutObjectCommand({ Bucket: CRASH_NAMES.bucket, Key: id, Body: crashBody(id, 20_000), IfNoneMatch: '*' }),
    );
    say('object', id);
  }),
]);

function say(kind: string, id: string): void {
  writeSync(1, `${kind} ${id}\n`);
}

async function forever(step: (index: number) => Promise<void>): Promise<never> {
  for (let index = 0; ; index += 1) await step(index);
}
