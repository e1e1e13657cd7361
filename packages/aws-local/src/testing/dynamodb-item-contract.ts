import {
  DeleteItemCommand,
  GetItemCommand,
  type PutItemCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { type ContractCheck, checksOf, errorName } from './check.ts';
import type { ContractClients } from './clients.ts';
import { type Item, key, number, table, text } from './dynamodb-table.ts';

type Run = (clients: ContractClients) => Promise<void>;

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
  'an item of more than 400 KB is refused': async ({ dynamodb }) => {
    const { put } = await table(dynamodb);
    expect(await errorName(put({ ...key('1'), d: text('x'.repeat(409_000)) }))).toBe('none');
    expect(await errorName(put({ ...key('1'), d: text('x'.repeat(409_600)) }))).toBe('ValidationException');
  },
  'a bad key or expression attribute is refused': async ({ dynamodb }) => {
    const { TableName, put } = await table(dynamodb);
    const get = (Key: Item) => errorName(dynamodb.send(new GetItemCommand({ TableName, Key })));
    expect(await get({ pk: text('p') })).toBe('ValidationException');
    expect(await get({ pk: text('p'), sk: number('1') })).toBe('ValidationException');
    expect(await errorName(put(key('')))).toBe('ValidationException');
    const unused = { ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeNames: { '#x': 'x' } };
    expect(await errorName(put(key('1'), unused))).toBe('ValidationException');
  },
};

/** What DynamoDB promises the store about one item. */
export const DYNAMODB_ITEM_CHECKS: readonly ContractCheck[] = checksOf('dynamodb', checks);
