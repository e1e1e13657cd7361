import {
  type AttributeValue,
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AwsLocal, openAwsLocal } from '../aws-local.ts';

const TableName = 'table';
const NOW_S = 1_795_000_000;
const FIVE_YEARS_S = 5 * 365.25 * 86_400;

let aws: AwsLocal;
let client: DynamoDBClient;
let nowMs: number;
beforeEach(async () => {
  nowMs = NOW_S * 1_000;
  aws = openAwsLocal({ file: ':memory:', clock: { nowMs: () => nowMs, sleep: () => Promise.resolve() } });
  client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: aws.requestHandler(),
  });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
});
afterEach(async () => aws.close());

const put = async (pk: string, end?: AttributeValue) =>
  client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, ...(end === undefined ? {} : { end }) } }));
const there = async (...names: readonly string[]): Promise<string> => {
  const found = names.map(async (pk) => client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk } } })));
  return (await Promise.all(found)).map(({ Item }) => Item?.['pk']?.S ?? '-').join('');
};
const setTtl = async (Enabled: boolean) =>
  client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'end', Enabled } }));
/** Some time passes, and something is written. */
const later = async (): Promise<void> => {
  nowMs += 61_000;
  await put('w');
};

test('an expired item is read until it is deleted, and is deleted with a later write', async () => {
  await setTtl(true);
  await put('a', { N: String(NOW_S - 10) });
  await put('b', { N: String(NOW_S + 30) });
  await put('c', { N: String(NOW_S + 3_600) });
  expect(await there('a', 'b', 'c')).toBe('abc');

  await later();
  expect(await there('a', 'b', 'c')).toBe('--c');
});

test.each([
  ['no time', undefined],
  ['a time that is text', { S: String(NOW_S - 10) }],
  ['a time of more than five years ago', { N: String(NOW_S - FIVE_YEARS_S - 100) }],
])('an item with %s stays', async (_what, end) => {
  await setTtl(true);
  await put('a', end);
  await later();

  expect(await there('a')).toBe('a');
});

test('an update that moves the time keeps the item', async () => {
  await setTtl(true);
  await put('a', { N: String(NOW_S + 10) });
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: 'a' } },
      UpdateExpression: 'SET #e = :e',
      ExpressionAttributeNames: { '#e': 'end' },
      ExpressionAttributeValues: { ':e': { N: String(NOW_S + 3_600) } },
    }),
  );
  await later();

  expect(await there('a')).toBe('a');
});

test('TTL counts for items that were there before it, and no longer when it is off', async () => {
  await put('a', { N: String(NOW_S - 10) });
  await later();
  expect(await there('a')).toBe('a');
  await setTtl(true);
  await setTtl(false);
  await later();
  expect(await there('a')).toBe('a');
  await setTtl(true);
  await later();

  expect(await there('a')).toBe('-');
});

test('TTL is set once', async () => {
  await setTtl(true);

  await expect(setTtl(true)).rejects.toMatchObject({ name: 'ValidationException' });
  expect((await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription).toStrictEqual({
    TimeToLiveStatus: 'ENABLED',
    AttributeName: 'end',
  });
});
