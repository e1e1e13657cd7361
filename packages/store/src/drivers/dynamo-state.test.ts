import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { openAwsLocal } from '@infrafabric/aws-local';
import { expect, test } from 'vitest';
import { losingAnswers } from '../testing/lost-answers.ts';
import { sessionIdOf, sessionRecord, taskRecord } from '../testing/index.ts';
import { testDeadLetters, testLedger, testReplayMemory, testStateStore } from '../testing/suites.ts';
import { dynamoDeadLetters } from './dynamo-dead-letters.ts';
import { dynamoLedger } from './dynamo-ledger.ts';
import { dynamoReplay } from './dynamo-replay.ts';
import { STATE_TABLE, TIME_TO_LIVE_ATTRIBUTE } from '../state-table.ts';
import { dynamoState } from './dynamo-state.ts';

const table = 'infrafabric-state';

/** An empty table of the embedded AWS. */
async function open() {
  const aws = openAwsLocal({ file: ':memory:' });
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 3,
    requestHandler: aws.requestHandler(),
  });
  await client.send(new CreateTableCommand({ TableName: table, ...STATE_TABLE }));
  return { client, loseNextAnswer: losingAnswers(client), close: async () => aws.close() };
}

testStateStore('dynamodb', async () => {
  const { client, loseNextAnswer, close } = await open();
  return { store: dynamoState({ client, table, tenant: 'acme' }), loseNextAnswer, close };
});

testDeadLetters('dynamodb', async () => {
  const { client, close } = await open();
  const clock = { at: 0 };
  const keepMs = 14 * 86_400_000;
  const letters = dynamoDeadLetters({ client, table, tenant: 'acme', clock: { nowMs: () => clock.at }, keepMs });
  return { letters, clock, close };
});

testLedger('dynamodb', async () => {
  const { client, loseNextAnswer, close } = await open();
  return { ledger: dynamoLedger({ client, table, tenant: 'acme' }), loseNextAnswer, close };
});

testReplayMemory('dynamodb', async () => {
  const { client, close } = await open();
  return { replay: dynamoReplay({ client, table, tenant: 'acme' }), close };
});

test('reads a session that is over once, however often the open ones are asked for', async () => {
  const { client, close } = await open();
  const state = dynamoState({ client, table, tenant: 'acme' });
  for (const n of [1, 2, 3]) {
    await state.createSession(sessionRecord({ session_id: sessionIdOf(n), state: n === 1 ? 'RUNNING' : 'DONE' }));
  }
  let reads = 0;
  client.middlewareStack.add(
    (next, { commandName }) => {
      if (commandName === 'GetItemCommand') reads += 1;
      return next;
    },
    { step: 'initialize' },
  );

  for (let look = 0; look < 3; look += 1) await state.sessions({ onlyOpen: true });
  expect(reads).toBe(3 + 1 + 1);
  await close();
});

test('two processes share a budget and a cap', async () => {
  const { client, close } = await open();
  const [one, other] = [
    dynamoLedger({ client, table, tenant: 'acme' }),
    dynamoLedger({ client, table, tenant: 'acme' }),
  ];
  const bound = { amount: 30, cap: 1_000 };
  const held = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? one : other)?.reserve('llm#day#2026-11-20', `e${at}`, bound)),
  );
  const balance = await other.balance('llm#day#2026-11-20');
  await close();

  expect(held.filter(Boolean)).toHaveLength(33);
  expect(balance).toStrictEqual({ committed: 990, spent: 0, settled: 0 });
});

test('keeps what belongs to a tenant and a session under their keys; replay marks alone expire', async () => {
  const { client, close } = await open();
  const state = dynamoState({ client, table, tenant: 'acme' });
  await state.createSession(sessionRecord());
  await state.createTask(taskRecord());
  await dynamoReplay({ client, table, tenant: 'acme' }).remember(sessionIdOf(1), 'm-1', 'ab', 1_500);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  await close();

  expect(Items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`).sort()).toStrictEqual([
    `t#acme#s#${sessionIdOf(1)} seen#m-1`,
    `t#acme#s#${sessionIdOf(1)} session`,
    `t#acme#s#${sessionIdOf(1)} task#pricing/ebs/eu-central-1/0`,
    `t#acme#sessions ${sessionIdOf(1)}`,
  ]);
  const expiring = Items.filter((item) => item[TIME_TO_LIVE_ATTRIBUTE] !== undefined);
  expect(expiring.map((item) => [item['sk']?.S, item[TIME_TO_LIVE_ATTRIBUTE]])).toStrictEqual([
    ['seen#m-1', { N: '2' }],
  ]);
});

test('never shows one tenant the sessions of another', async () => {
  const { client, close } = await open();
  await dynamoState({ client, table, tenant: 'acme' }).createSession(sessionRecord());
  const other = dynamoState({ client, table, tenant: 'other' });
  const seen = [await other.sessions(), await other.session(sessionIdOf(1))];
  await close();

  expect(seen).toStrictEqual([[], undefined]);
});

test('a mark that is past its time and still there counts; one that is gone before its time is a first sight', async () => {
  const { client, close } = await open();
  const replay = dynamoReplay({ client, table, tenant: 'acme' });
  const far = Date.UTC(2100, 0, 1);
  await replay.remember(sessionIdOf(1), 'm-1', 'ab', 1_500);
  await replay.remember(sessionIdOf(1), 'm-2', 'ab', far);
  await client.send(
    new DeleteItemCommand({
      TableName: table,
      Key: { pk: { S: `t#acme#s#${sessionIdOf(1)}` }, sk: { S: 'seen#m-2' } },
    }),
  );
  const seen = [
    await replay.remember(sessionIdOf(1), 'm-1', 'ab', 1_500),
    await replay.remember(sessionIdOf(1), 'm-1', 'cd', 1_500),
    await replay.remember(sessionIdOf(1), 'm-2', 'ab', far),
  ];
  await close();

  expect(seen).toStrictEqual(['duplicate', 'reused', 'fresh']);
});

test('calls a replay memory write of its own fresh when its answer was lost', async () => {
  const { client, loseNextAnswer, close } = await open();
  const replay = dynamoReplay({ client, table, tenant: 'acme' });
  loseNextAnswer();
  const seen = [
    await replay.remember(sessionIdOf(1), 'm-1', 'ab', 1),
    await replay.remember(sessionIdOf(1), 'm-1', 'ab', 1),
  ];
  await close();

  expect(seen).toStrictEqual(['fresh', 'duplicate']);
});

test.each([
  ['a table that is not there', 'nowhere', {}, { code: 'NOT_FOUND', retry: 'never' }],
  ['an item above 400 KB', table, { request_wire: 'x'.repeat(410_000) }, { code: 'TOO_LARGE', retry: 'never' }],
])('names %s', async (_what, tableName, over, error) => {
  const { client, close } = await open();
  const writing = dynamoState({ client, table: tableName, tenant: 'acme' }).createTask(taskRecord(over));
  await expect(writing).rejects.toMatchObject({ name: 'StoreError', ...error });
  await close();
});

test('says UNAVAILABLE when the connection breaks each time', async () => {
  const { client, close } = await open();
  const broken = Object.assign(new Error('refused'), { name: 'TimeoutError', code: 'ECONNREFUSED' });
  client.middlewareStack.add(() => async () => Promise.reject(broken), { step: 'deserialize', name: 'refuse' });
  const reading = dynamoState({ client, table, tenant: 'acme' }).session(sessionIdOf(1));
  await expect(reading).rejects.toMatchObject({ code: 'UNAVAILABLE', retry: 'later', kind: 'environment' });
  await close();
});
