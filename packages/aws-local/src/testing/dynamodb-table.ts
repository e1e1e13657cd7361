import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandOutput,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  type PutItemCommandOutput,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type UpdateItemCommandOutput,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { unique } from './clients.ts';

/** An item or a key. */
export type Item = Record<string, AttributeValue>;

/** A string attribute. */
export const text = (S: string): AttributeValue => ({ S });

/** A number attribute. */
export const number = (N: string): AttributeValue => ({ N });

/** The key of an item in the one partition the checks use. */
export const key = (sk: string): Item => ({ pk: text('p'), sk: text(sk) });

/** A table and the calls the checks put to it; `update` answers all new attributes. */
export interface CheckedTable {
  readonly TableName: string;
  readonly create: () => Promise<CreateTableCommandOutput>;
  readonly put: (item: Item, input?: Partial<PutItemCommandInput>) => Promise<PutItemCommandOutput>;
  /** The item of a sort key, read consistently. */
  readonly get: (sk: string) => Promise<Item | undefined>;
  readonly update: (
    sk: string,
    UpdateExpression: string,
    input?: Partial<UpdateItemCommandInput>,
  ) => Promise<UpdateItemCommandOutput>;
  readonly query: (input: Partial<QueryCommandInput>) => Promise<QueryCommandOutput>;
}

/** Makes a table with a partition key `pk` and a sort key `sk`. */
export async function table(dynamodb: DynamoDBClient, rangeType: 'S' | 'N' = 'S'): Promise<CheckedTable> {
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
    put: (item, input = {}) => dynamodb.send(new PutItemCommand({ TableName, Item: item, ...input })),
    get: async (sk) => {
      const found = await dynamodb.send(new GetItemCommand({ TableName, Key: key(sk), ConsistentRead: true }));
      return found.Item;
    },
    update: (sk, UpdateExpression, input = {}) =>
      dynamodb.send(
        new UpdateItemCommand({ TableName, Key: key(sk), UpdateExpression, ReturnValues: 'ALL_NEW', ...input }),
      ),
    query: (input) => dynamodb.send(new QueryCommand({ TableName, ...input })),
  };
}
