import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishBatchCommand, PublishCommand } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { openAwsLocal } from '../src/aws-local.ts';
import { contractClients } from '../src/testing/clients.ts';
import { receive, subscribedQueue } from '../src/testing/messaging.ts';

/**
 * Operations a second through the real SDK clients and the in-process handler, on a file that is synced before each answer:
 * `node bench/main.ts [seconds]`. Messages are 1 KB, objects 2 KB; a batch of ten counts as ten.
 */
const seconds = Number(process.argv[2] ?? '2');
const directory = mkdtempSync(join(tmpdir(), 'aws-local-bench-'));
const aws = openAwsLocal({ file: join(directory, 'aws.db') });
const clients = contractClients({ requestHandler: aws.requestHandler() });
const { sns, sqs, s3, dynamodb } = clients;
const { url, topic } = await subscribedQueue(clients, { RawMessageDelivery: 'true' });
const Message = JSON.stringify({ from: 'agent://coordinator', to: 'agent://pricing', payload: 'x'.repeat(950) });
const TEN = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, Message }));
const TableName = 'bench';
await s3.send(new CreateBucketCommand({ Bucket: 'bench' }));
await dynamodb.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  }),
);

const publishBatch = () =>
  sns.send(new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries: TEN })).then(() => 10);

await measured('publish', 1, () => sns.send(new PublishCommand({ TopicArn: topic, Message })).then(() => 1));
await measured('publish', 16, () => sns.send(new PublishCommand({ TopicArn: topic, Message })).then(() => 1));
await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
await measured('publishBatch', 8, publishBatch);
await measured('receive + deleteBatch', 8, async () => {
  const messages = await receive(clients, url);
  if (messages.length === 0) return publishBatch().then(() => 0);
  const Entries = messages.map((message, index) => ({ Id: `${index}`, ReceiptHandle: message.ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  return messages.length;
});
await measured('conditional update', 16, async (index) => {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: `p${index % 100}` }, sk: { S: '0' } },
      UpdateExpression: 'SET st = :run ADD c :one',
      ConditionExpression: 'attribute_not_exists(zz)',
      ExpressionAttributeValues: { ':run': { S: 'run' }, ':one': { N: '1' } },
    }),
  );
  return 1;
});
await measured('get item', 16, async (index) => {
  await dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: `p${index % 100}` }, sk: { S: '0' } } }));
  return 1;
});
const body = Buffer.alloc(2048, 7);
await measured('put object 2 KB', 16, async (index) => {
  await s3.send(new PutObjectCommand({ Bucket: 'bench', Key: `k${index % 500}`, Body: body }));
  return 1;
});
await aws.close();
rmSync(directory, { recursive: true });

async function measured(name: string, concurrency: number, step: (index: number) => Promise<number>): Promise<void> {
  let [index, done] = [0, 0];
  for (let warm = 0; warm < 100; warm += 1) await step(index++);
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const count = await step(index++);
        done += count;
      }
    }),
  );
  const rate = Math.round((done * 1000) / (performance.now() - start));
  process.stdout.write(`${name.padEnd(24)} c=${String(concurrency).padEnd(3)} ${String(rate).padStart(7)} ops/s\n`);
}
