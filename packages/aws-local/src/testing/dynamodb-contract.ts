import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { type ContractCheck, errorName } from './check.ts';
import { type ContractClients, unique } from './clients.ts';

type Item = Record<string, AttributeValue>;
type Run = (clients: ContractClients) => Promise<void>;

const text = (S: string): AttributeValue => ({ S });
const number = (N: string): AttributeValue => ({ N });

const checks: Readonly<Record<string, Run>> = {
  'every type comes back': async ({ dynamodb }) => {
    const { put, get } = await table(dynamodb);
    const item: Item = {
      ...key('1'),
      n: number('12345678901234567890123456789012345678'),
      small: number('-0.00012'),
      empty: text(''),
      bytes: { B: Uint8Array.of(0, 255) },
      truth: { BOOL: true },
      nothing: { NULL: true },
      list: { L: [text('x'), { M: { deep: number('1') } }] },
      set: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '2.5'] },
    };
    await put(item);
    expect(await get('1')).toStrictEqual(item);
  },
  'a number is kept in one spelling': async ({ dynamodb }) => {
    const { put, get } = await table(dynamodb);
    await put({ ...key('1'), a: number('1.50'), b: number('0010'), c: number('1e3'), d: number('-0.0') });
    expect(await get('1')).toMatchObject({ a: { N: '1.5' }, b: { N: '10' }, c: { N: '1000' }, d: { N: '0' } });
  },
  'a conditional put happens once': async ({ dynamodb }) => {
    const { put } = await table(dynamodb);
    const once = (v: string, input: Partial<PutItemCommandInput> = {}) =>
      put({ ...key('1'), v: number(v) }, { ConditionExpression: 'attribute_not_exists(pk)', ...input });
    const names = await Promise.all(Array.from({ length: 20 }, (_, index) => errorName(once(String(index)))));
    expect(names.filter((name) => name === 'none')).toHaveLength(1);
    expect(names.filter((name) => name === 'ConditionalCheckFailedException')).toHaveLength(19);
  },
  'a failed condition gives back the item when asked': async ({ dynamodb }) => {
    const { put } = await table(dynamodb);
    const item = { ...key('1'), v: number('1') };
    await put(item);
    const failed = put(item, {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(failed).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: item });
  },
  'put and delete give back what was there': async ({ dynamodb }) => {
    const { TableName, put } = await table(dynamodb);
    const [first, second] = [
      { ...key('1'), v: number('1') },
      { ...key('1'), v: number('2') },
    ];
    expect((await put(first, { ReturnValues: 'ALL_OLD' })).Attributes).toBe(undefined);
    expect((await put(second, { ReturnValues: 'ALL_OLD' })).Attributes).toStrictEqual(first);
    const remove = new DeleteItemCommand({ TableName, Key: key('1'), ReturnValues: 'ALL_OLD' });
    expect((await dynamodb.send(remove)).Attributes).toStrictEqual(second);
    expect((await dynamodb.send(remove)).Attributes).toBe(undefined);
  },
  'an update sets, counts, appends and removes': async ({ dynamodb }) => {
    const { update } = await table(dynamodb);
    const made = await update(
      '1',
      'SET #s = :run, n = if_not_exists(n, :zero) + :one, l = :list, m = :map ADD tags :t',
      {
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: {
          ':run': text('run'),
          ':zero': number('0'),
          ':one': number('1'),
          ':list': { L: [text('a'), text('b'), text('c')] },
          ':map': { M: { deep: { M: { n: number('1') } } } },
          ':t': { SS: ['x', 'y'] },
        },
      },
    );
    expect(made.Attributes).toMatchObject({ status: text('run'), n: number('1'), tags: { SS: ['x', 'y'] } });
    const changed = await update(
      '1',
      'SET l = list_append(l, :more), m.deep.n = m.deep.n - :half REMOVE #s ADD n :ten DELETE tags :t',
      {
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: {
          ':more': { L: [text('d')] },
          ':half': number('0.5'),
          ':ten': number('10'),
          ':t': { SS: ['x', 'z'] },
        },
      },
    );
    expect(changed.Attributes).toStrictEqual({
      ...key('1'),
      n: number('11'),
      l: { L: [text('a'), text('b'), text('c'), text('d')] },
      m: { M: { deep: { M: { n: number('0.5') } } } },
      tags: { SS: ['y'] },
    });
  },
  'list elements are removed by the indexes they had': async ({ dynamodb }) => {
    const { put, update } = await table(dynamodb);
    await put({ ...key('1'), l: { L: ['a', 'b', 'c', 'd'].map(text) } });
    const removed = await update('1', 'REMOVE l[0], l[2]');
    expect(removed.Attributes?.['l']).toStrictEqual({ L: [text('b'), text('d')] });
  },
  'two hundred concurrent additions are all counted': async ({ dynamodb }) => {
    const { update, get } = await table(dynamodb);
    const one = { ExpressionAttributeValues: { ':one': number('1') } };
    await Promise.all(Array.from({ length: 200 }, () => update('1', 'ADD n :one', one)));
    expect((await get('1'))?.['n']).toStrictEqual(number('200'));
  },
  'a conditional update happens only when its condition holds': async ({ dynamodb }) => {
    const { put, update, get } = await table(dynamodb);
    await put({ ...key('1'), lease: number('5'), owner: text('a') });
    const take = (now: string) =>
      update('1', 'SET lease = :next', {
        ConditionExpression: 'attribute_exists(pk) AND (lease < :now OR NOT #o IN (:a, :b))',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':next': number('99'), ':now': number(now), ':a': text('a'), ':b': text('b') },
      });
    expect(await errorName(take('5'))).toBe('ConditionalCheckFailedException');
    expect((await get('1'))?.['lease']).toStrictEqual(number('5'));
    expect(await errorName(take('5.1'))).toBe('none');
  },
  'return values name old and new': async ({ dynamodb }) => {
    const { put, update } = await table(dynamodb);
    await put({ ...key('1'), a: text('old'), b: text('kept') });
    const set = (v: string, ReturnValues: UpdateItemCommandInput['ReturnValues']) =>
      update('1', 'SET a = :v', { ExpressionAttributeValues: { ':v': text(v) }, ReturnValues });
    expect((await set('1', 'UPDATED_OLD')).Attributes).toStrictEqual({ a: text('old') });
    expect((await set('2', 'UPDATED_NEW')).Attributes).toStrictEqual({ a: text('2') });
    expect((await set('3', 'ALL_OLD')).Attributes).toStrictEqual({ ...key('1'), a: text('2'), b: text('kept') });
    expect((await set('4', 'NONE')).Attributes).toBe(undefined);
  },
  'a bad update is refused and changes nothing': async ({ dynamodb }) => {
    const { put, update, get } = await table(dynamodb);
    const item = { ...key('1'), s: text('x'), m: { M: {} } };
    await put(item);
    const values = { ExpressionAttributeValues: { ':one': number('1') } };
    const bad: readonly [string, Partial<UpdateItemCommandInput>][] = [
      ['SET pk = :one', values],
      ['SET s = s + :one', values],
      ['SET q.z = :one', values],
      ['SET q = r', {}],
      ['SET m = :one, m.a = :one', values],
      ['SET a = :one SET b = :one', values],
      ['SET a = :two', values],
      ['SET status = :one', values],
      ['ADD s :one', values],
      ['SET a = ', {}],
    ];
    for (const [expression, input] of bad) {
      expect([expression, await errorName(update('1', expression, input))]).toStrictEqual([
        expression,
        'ValidationException',
      ]);
    }
    expect(await get('1')).toStrictEqual(item);
  },
  'a query answers a range in order, both ways, in pages': async ({ dynamodb }) => {
    const { put, query } = await table(dynamodb);
    for (const sk of ['a#1', 'a#2', 'a#3', 'b#1', 'b#2']) await put({ ...key(sk), n: number('1') });
    const p = { ':p': text('p') };
    const sks = async (input: Partial<QueryCommandInput>) => (await query(input)).Items?.map((item) => item['sk']?.S);
    const begins = {
      KeyConditionExpression: 'pk = :p AND begins_with(sk, :s)',
      ExpressionAttributeValues: { ...p, ':s': text('a#') },
    };
    expect(await sks(begins)).toStrictEqual(['a#1', 'a#2', 'a#3']);
    expect(await sks({ ...begins, ScanIndexForward: false, Limit: 2 })).toStrictEqual(['a#3', 'a#2']);
    const between = {
      KeyConditionExpression: 'pk = :p AND sk BETWEEN :a AND :b',
      ExpressionAttributeValues: { ...p, ':a': text('a#2'), ':b': text('b#1') },
    };
    expect(await sks(between)).toStrictEqual(['a#2', 'a#3', 'b#1']);
    const all: (string | undefined)[] = [];
    let start: Item | undefined;
    do {
      const page = await query({
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: p,
        Limit: 2,
        ExclusiveStartKey: start,
      });
      all.push(...(page.Items?.map((item) => item['sk']?.S) ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    expect(all).toStrictEqual(['a#1', 'a#2', 'a#3', 'b#1', 'b#2']);
  },
  'a page that ends at its limit names its last key': async ({ dynamodb }) => {
    const { put, query } = await table(dynamodb);
    await put(key('1'));
    const page = await query({
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': text('p') },
      Limit: 1,
    });
    expect(page.LastEvaluatedKey).toStrictEqual(key('1'));
  },
  'a filter and a projection choose what a query shows': async ({ dynamodb }) => {
    const { put, query } = await table(dynamodb);
    for (const n of ['1', '2', '3']) await put({ ...key(n), n: number(n), m: { M: { a: text('x'), b: text('y') } } });
    const page = await query({
      KeyConditionExpression: 'pk = :p',
      FilterExpression: 'n >= :two',
      ProjectionExpression: 'sk, m.a',
      ExpressionAttributeValues: { ':p': text('p'), ':two': number('2') },
    });
    expect(page).toMatchObject({ Count: 2, ScannedCount: 3 });
    expect(page.Items).toStrictEqual(['2', '3'].map((n) => ({ sk: text(n), m: { M: { a: text('x') } } })));
  },
  'number keys sort by value': async ({ dynamodb }) => {
    const { TableName, query } = await table(dynamodb, 'N');
    const sorted = ['-1e20', '-123.5', '-123.45', '-1', '-0.001', '0', '0.001', '1', '9.99', '10', '123', '1e20'];
    for (const n of sorted.toReversed()) {
      await dynamodb.send(new PutItemCommand({ TableName, Item: { pk: text('p'), sk: number(n) } }));
    }
    const page = await query({ KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': text('p') } });
    expect(page.Items?.map((item) => Number(item['sk']?.N))).toStrictEqual(sorted.map(Number));
  },
  'a page holds 1 MiB': async ({ dynamodb }) => {
    const { put, query } = await table(dynamodb);
    for (let index = 0; index < 12; index += 1) await put({ ...key(String(index)), d: text('y'.repeat(100_000)) });
    const page = await query({ KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': text('p') } });
    expect([10, 11]).toContain(page.Count);
    expect(page.LastEvaluatedKey).toBeDefined();
  },
  'an item of more than 400 KB is refused': async ({ dynamodb }) => {
    const { put } = await table(dynamodb);
    expect(await errorName(put({ ...key('1'), d: text('x'.repeat(409_000)) }))).toBe('none');
    expect(await errorName(put({ ...key('1'), d: text('x'.repeat(409_600)) }))).toBe('ValidationException');
  },
  'a bad key or placeholder is refused': async ({ dynamodb }) => {
    const { TableName, put } = await table(dynamodb);
    const get = (Key: Item) => errorName(dynamodb.send(new GetItemCommand({ TableName, Key })));
    expect(await get({ pk: text('p') })).toBe('ValidationException');
    expect(await get({ pk: text('p'), sk: number('1') })).toBe('ValidationException');
    expect(await errorName(put(key('')))).toBe('ValidationException');
    const unused = { ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeNames: { '#x': 'x' } };
    expect(await errorName(put(key('1'), unused))).toBe('ValidationException');
  },
  'a scan reads a table in pages': async ({ dynamodb }) => {
    const { TableName, put } = await table(dynamodb);
    const sks = ['1', '2', '3', '4', '5'];
    for (const sk of sks) await put(key(sk));
    const found: (string | undefined)[] = [];
    let start: Item | undefined;
    do {
      const page = await dynamodb.send(new ScanCommand({ TableName, Limit: 2, ExclusiveStartKey: start }));
      found.push(...(page.Items?.map((item) => item['sk']?.S) ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    expect(found.toSorted((left = '', right = '') => left.localeCompare(right))).toStrictEqual(sks);
  },
  'batches write 25 and read them': async ({ dynamodb }) => {
    const { TableName } = await table(dynamodb);
    const keys = Array.from({ length: 26 }, (_, index) => key(String(index).padStart(2, '0')));
    const write = (count: number) =>
      dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: keys.slice(0, count).map((Item) => ({ PutRequest: { Item } })) },
        }),
      );
    expect(await errorName(write(26))).toBe('ValidationException');
    await write(25);
    const read = await dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: keys } } }));
    expect(read.Responses?.[TableName]).toHaveLength(25);
    const twice = [keys[0], keys[0]].map((Key) => ({ DeleteRequest: { Key } }));
    const call = dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: twice } }));
    expect(await errorName(call)).toBe('ValidationException');
  },
  'a table is described and made once': async ({ dynamodb }) => {
    const { TableName, create } = await table(dynamodb);
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({ TableName, TableStatus: 'ACTIVE' });
    expect(await errorName(create())).toBe('ResourceInUseException');
    const call = dynamodb.send(new DescribeTableCommand({ TableName: unique('none') }));
    expect(await errorName(call)).toBe('ResourceNotFoundException');
  },
};

/** What DynamoDB promises the store. */
export const DYNAMODB_CHECKS: readonly ContractCheck[] = Object.entries(checks).map(([name, run]) => ({
  name,
  service: 'dynamodb',
  run,
}));

function key(sk: string): Item {
  return { pk: text('p'), sk: text(sk) };
}

async function table(dynamodb: DynamoDBClient, rangeType: 'S' | 'N' = 'S') {
  const TableName = unique('t');
  const create = () =>
    dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: rangeType },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
  await create();
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.05 }, { TableName });
  return {
    TableName,
    create,
    put: (item: Item, input: Partial<PutItemCommandInput> = {}) =>
      dynamodb.send(new PutItemCommand({ TableName, Item: item, ...input })),
    get: async (sk: string) => {
      const found = await dynamodb.send(new GetItemCommand({ TableName, Key: key(sk), ConsistentRead: true }));
      return found.Item;
    },
    update: (sk: string, UpdateExpression: string, input: Partial<UpdateItemCommandInput> = {}) =>
      dynamodb.send(
        new UpdateItemCommand({ TableName, Key: key(sk), UpdateExpression, ReturnValues: 'ALL_NEW', ...input }),
      ),
    query: (input: Partial<QueryCommandInput>) => dynamodb.send(new QueryCommand({ TableName, ...input })),
  };
}
