import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { toStoreError } from './store-error.ts';
import { type AnyChange, updateExpression } from './update-expression.ts';

/** Where an item is. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The calls the drivers make on one table: conditional writes of one item, consistent reads, all pages. */
export interface DynamoTable {
  /** Writes an item whose key is free; `undefined` when it was, else the item that is there. */
  create(key: ItemKey, item: object): Promise<Item | undefined>;
  put(key: ItemKey, item: object): Promise<void>;
  get(key: ItemKey): Promise<Item | undefined>;
  /** All of the item after the change; undefined when it is absent or a condition does not hold. */
  update(key: ItemKey, change: AnyChange): Promise<Item | undefined>;
  query(input: TableQuery): Promise<Item[]>;
  /** The same, a page at a time; a page is read when it is asked for. */
  pages(input: TableQuery): AsyncGenerator<Item[]>;
}

/** What is asked of the table, with values as JavaScript has them. */
type TableQuery = Omit<QueryCommandInput, 'TableName' | 'ExpressionAttributeValues'> & {
  readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
};

/** An item without its key and its write mark, as the drivers wrote it. */
export type Item = Record<string, unknown>;

/**
 * Every write carries a mark of its own. When the SDK had to try again, an earlier try may have succeeded and made the
 * condition false; the mark in the item then says that the write was this one.
 */
const MARK = 'write_mark';

/** Opens a table with keys `pk` and `sk` (strings). */
export function dynamoTable(options: { readonly client: DynamoDBClient; readonly table: string }): DynamoTable {
  const { client, table: TableName } = options;
  const writer = randomUUID();
  let writes = 0;
  const nextMark = (): string => `${writer}/${(writes += 1)}`;

  const read = async (key: ItemKey): Promise<Item | undefined> => {
    const command = new GetItemCommand({ TableName, Key: stored(key), ConsistentRead: true });
    const { Item } = await translated(key, client.send(command));
    return Item && unmarshall(Item);
  };
  /** The item when this very write is in it, after a condition failed. */
  const own = async (key: ItemKey, mark: string): Promise<Item | undefined> => {
    const item = await read(key);
    return item?.[MARK] === mark ? item : undefined;
  };

  return {
    async create(key, item) {
      const mark = nextMark();
      const Item = stored({ ...item, ...key, [MARK]: mark });
      const command = new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      if ((await conditional(key, client.send(command))).held) return undefined;
      const there = await read(key);
      return there === undefined || there[MARK] === mark ? undefined : bare(there);
    },
    async put(key, item) {
      await translated(key, client.send(new PutItemCommand({ TableName, Item: stored({ ...item, ...key }) })));
    },
    async get(key) {
      const item = await read(key);
      return item === undefined ? undefined : bare(item);
    },
    async update(key, change) {
      const mark = nextMark();
      const expression = updateExpression(change, { [MARK]: mark });
      const ExpressionAttributeValues = stored(expression.ExpressionAttributeValues);
      const input = { TableName, Key: stored(key), ...expression, ExpressionAttributeValues };
      const command = new UpdateItemCommand({ ...input, ReturnValues: 'ALL_NEW' });
      const answer = await conditional(key, client.send(command));
      if (answer.held) return bare(unmarshall(answer.output.Attributes ?? {}));
      const item = answer.attempts > 1 ? await own(key, mark) : undefined;
      return item === undefined ? undefined : bare(item);
    },
    async query(input) {
      const items: Item[] = [];
      for await (const page of pagesOf(client, TableName, input)) items.push(...page);
      return items;
    },
    pages: (input) => pagesOf(client, TableName, input),
  };
}

async function* pagesOf(client: DynamoDBClient, TableName: string, query: TableQuery): AsyncGenerator<Item[]> {
  const ExpressionAttributeValues = stored(query.ExpressionAttributeValues);
  const input = { TableName, ConsistentRead: true, ...query, ExpressionAttributeValues };
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const sent = client.send(new QueryCommand({ ...input, ExclusiveStartKey: start }));
    const page = await translated({ pk: TableName, sk: 'query' }, sent);
    start = page.LastEvaluatedKey;
    yield (page.Items ?? []).map((item) => bare(unmarshall(item)));
  } while (start !== undefined);
}

/** As DynamoDB has it; what is undefined is left out. */
function stored(item: object): Record<string, AttributeValue> {
  return marshall(item, { removeUndefinedValues: true, convertTopLevelContainer: false });
}

type Conditional<Output> =
  | { readonly held: true; readonly output: Output }
  | { readonly held: false; readonly attempts: number };

async function conditional<Output>(key: ItemKey, sent: Promise<Output>): Promise<Conditional<Output>> {
  try {
    return { held: true, output: await sent };
  } catch (cause) {
    if (cause instanceof ConditionalCheckFailedException) {
      return { held: false, attempts: cause.$metadata.attempts ?? 1 };
    }
    throw toStoreError(cause, `${key.pk} ${key.sk}`);
  }
}

async function translated<Output>(key: ItemKey, sent: Promise<Output>): Promise<Output> {
  try {
    return await sent;
  } catch (cause) {
    throw toStoreError(cause, `${key.pk} ${key.sk}`);
  }
}

function bare(item: Item): Item {
  const { pk: _pk, sk: _sk, [MARK]: _mark, ...record } = item;
  return record;
}
