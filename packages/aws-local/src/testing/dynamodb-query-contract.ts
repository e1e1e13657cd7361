import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  ScanCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { type ContractCheck, checksOf, errorName } from './check.ts';
import { type ContractClients, unique } from './clients.ts';
import { type Item, key, number, table, text } from './dynamodb-table.ts';

type Run = (clients: ContractClients) => Promise<void>;

const checks: Readonly<Record<string, Run>> = {
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

/** What DynamoDB promises the store about queries, scans, batches and tables. */
export const DYNAMODB_QUERY_CHECKS: readonly ContractCheck[] = checksOf('dynamodb', checks);
