import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openAwsLocal } from '@infrafabric/aws-local';
import type { Change, TaskRecord } from '@infrafabric/protocol';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionIdOf, taskRecord } from '../testing/index.ts';
import { STATE_TABLE } from '../state-table.ts';
import { dynamoState } from './dynamo-state.ts';
import { memoryState } from './memory-state.ts';

const aws = openAwsLocal({ file: ':memory:' });
const client = new DynamoDBClient({
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: aws.requestHandler(),
});

beforeAll(async () => {
  await client.send(new CreateTableCommand({ TableName: 'infrafabric-state', ...STATE_TABLE }));
});
afterAll(async () => aws.close());

const small = fc.integer({ min: -2, max: 3 });
const word = fc.constantFrom('a', 'b', '');
const state = fc.constantFrom('DISPATCHED' as const, 'LEASED' as const, 'DONE' as const);
const absent = fc.constant({ absent: true } as const);
const below = small.map((bound) => ({ below: bound }));

/** Any change; the attributes of its three parts are apart, as DynamoDB asks of one update. */
const change: fc.Arbitrary<Change<TaskRecord>> = fc.record({
  expect: fc.record(
    {
      state: fc.oneof(
        state,
        fc.array(state, { maxLength: 2 }).map((several) => ({ in: several })),
      ),
      fence: fc.oneof(small, below, absent),
      owner: fc.oneof(
        word,
        absent,
        fc.array(word, { maxLength: 2 }).map((several) => ({ in: several })),
      ),
      hb: fc.oneof(below, absent),
    },
    { requiredKeys: [] },
  ),
  set: fc.record(
    { state, owner: word, obs: fc.record({ tick: small, seen: word }), result: word },
    { requiredKeys: [] },
  ),
  add: fc.record({ fence: small, hb: small }, { requiredKeys: [] }),
  remove: fc.subarray(['code', 'boot_id'] as const),
});

test('DynamoDB and memory agree on any changes', async () => {
  let sessions = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const record = taskRecord({ session_id: sessionIdOf((sessions += 1)), code: 'X', boot_id: 'b' });
      const stores = [memoryState(), dynamoState({ client, table: 'infrafabric-state', tenant: 'acme' })];
      const told = await Promise.all(
        stores.map(async (store) => {
          await store.createTask(record);
          const answers: unknown[] = [];
          for (const one of changes) answers.push(await store.changeTask(record.session_id, record.task_id, one));
          return { answers, end: await store.task(record.session_id, record.task_id) };
        }),
      );

      expect(told[1]).toStrictEqual(told[0]);
    }),
    { numRuns: 60, seed: 20_261_120 },
  );
});
