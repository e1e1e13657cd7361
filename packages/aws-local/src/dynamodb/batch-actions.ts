import * as z from 'zod';
import type { JsonActions } from '../wire/action.ts';
import { type Item, checkedItem, itemBytes } from './attribute-value.ts';
import { Bindings } from './expression/bindings.ts';
import { projection as projectionOn } from './expression/document.ts';
import { projectionOf } from './expression/parse.ts';
import { validation } from './faults.ts';
import { DECLINED_REPORTS, type DynamoState, EXPRESSION_ATTRIBUTES, RawItem } from './state.ts';
import { type StoredKey, type Table, exactKey, storedKey } from './table.ts';

const WriteRequest = z.strictObject({
  PutRequest: z.strictObject({ Item: RawItem }).optional(),
  DeleteRequest: z.strictObject({ Key: RawItem }).optional(),
});
const BatchWriteItem = z.strictObject({
  RequestItems: z.record(z.string(), z.array(WriteRequest)),
  ...DECLINED_REPORTS,
});
const KeysAndAttributes = z.strictObject({
  Keys: z.array(RawItem),
  ConsistentRead: z.boolean().optional(),
  ProjectionExpression: z.string().optional(),
  ExpressionAttributeNames: EXPRESSION_ATTRIBUTES.ExpressionAttributeNames,
});
type KeysAndAttributes = z.infer<typeof KeysAndAttributes>;
const BatchGetItem = z.strictObject({
  RequestItems: z.record(z.string(), KeysAndAttributes),
  ReturnConsumedCapacity: DECLINED_REPORTS.ReturnConsumedCapacity,
});

/** Source: DynamoDB API reference, BatchWriteItem and BatchGetItem (2026-11). */
const MAX_WRITES = 25;
const MAX_READS = 100;
const MAX_READ_BYTES = 16 * 1024 * 1024;

/** BatchWriteItem and BatchGetItem. */
export function batchActions(state: DynamoState): JsonActions {
  return {
    BatchWriteItem: state.make.writes(BatchWriteItem, (input) => {
      const writes = Object.entries(input.RequestItems).flatMap(([name, requests]) => {
        const table = state.tables.existing(name);
        return requests.map((request) => writeOf(table, request));
      });
      requireCount('BatchWriteItem', writes.length, MAX_WRITES);
      requireDistinct(writes);
      for (const { table, key, item } of writes) {
        if (item === undefined) state.items.delete(table, key);
        else state.items.put(table, key, item);
      }
      return { UnprocessedItems: {} };
    }),
    BatchGetItem: state.make.reads(BatchGetItem, (input) => {
      const requests = Object.entries(input.RequestItems);
      const count = requests.reduce((sum, [, request]) => sum + request.Keys.length, 0);
      requireCount('BatchGetItem', count, MAX_READS);
      return readBatch(state, requests);
    }),
  };
}

interface Write {
  readonly table: Table;
  readonly key: StoredKey;
  readonly item: Item | undefined;
}

function writeOf(table: Table, request: z.infer<typeof WriteRequest>): Write {
  const { PutRequest: put, DeleteRequest: remove } = request;
  if (put !== undefined && remove === undefined) {
    const item = checkedItem(put.Item);
    return { table, key: storedKey(table, item), item };
  }
  if (put !== undefined || remove === undefined) {
    throw validation('Supplied WriteRequest must contain exactly one of PutRequest and DeleteRequest');
  }
  return { table, key: exactKey(table, checkedItem(remove.Key)), item: undefined };
}

function readBatch({ tables, items }: DynamoState, requests: [string, KeysAndAttributes][]): object {
  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, KeysAndAttributes> = {};
  let bytes = 0;
  for (const [name, request] of requests) {
    const table = tables.existing(name);
    const keys = request.Keys.map((key) => ({ table, key: exactKey(table, checkedItem(key)) }));
    requireDistinct(keys);
    const found: Item[] = [];
    const left: KeysAndAttributes['Keys'] = [];
    keys.forEach(({ key }, index) => {
      const item = bytes > MAX_READ_BYTES ? undefined : items.get(table, key);
      bytes += item === undefined ? 0 : itemBytes(item);
      if (bytes > MAX_READ_BYTES) left.push(request.Keys[index] ?? {});
      else if (item !== undefined) found.push(item);
    });
    responses[name] = shown(found, request);
    if (left.length > 0) unprocessed[name] = { ...request, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed };
}

function shown(found: Item[], request: KeysAndAttributes): Item[] {
  const { ProjectionExpression: expression } = request;
  const projection = expression === undefined ? undefined : projectionOf('ProjectionExpression', expression);
  const bindings = new Bindings(request, [projection]);
  if (projection === undefined) return found;
  return found.map(projectionOn(projection.tree.map((path) => bindings.keys(path))));
}

function requireCount(operation: string, count: number, max: number): void {
  if (count === 0) throw validation(`The ${operation} call must contain at least one item`);
  if (count > max) throw validation(`Too many items requested for the ${operation} call`);
}

function requireDistinct(keyed: readonly { readonly table: Table; readonly key: StoredKey }[]): void {
  const names = keyed.map(({ table, key }) => JSON.stringify([table.name, key.hash, key.range]));
  if (new Set(names).size !== names.length) throw validation('Provided list of item keys contains duplicates');
}
