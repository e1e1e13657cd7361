import * as z from 'zod';
import { AwsFault } from '../engine/fault.ts';
import { ACCOUNT, REGION } from '../engine/identity.ts';
import type { JsonActions } from '../wire/action.ts';
import { validation } from './faults.ts';
import type { DynamoState } from './state.ts';
import type { Table, TableDefinition } from './table.ts';

const CreateTable = z.strictObject({
  TableName: z.string(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: z
    .array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
    .min(1)
    .max(2),
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).optional(),
  ProvisionedThroughput: z.strictObject({ ReadCapacityUnits: z.int(), WriteCapacityUnits: z.int() }).optional(),
});
type CreateTable = z.infer<typeof CreateTable>;
const ByName = z.strictObject({ TableName: z.string() });
const ListTables = z.strictObject({
  ExclusiveStartTableName: z.string().optional(),
  Limit: z.int().min(1).max(100).optional(),
});
const UpdateTimeToLive = z.strictObject({
  TableName: z.string(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }),
});

/** CreateTable, DescribeTable, ListTables, DeleteTable, UpdateTimeToLive and DescribeTimeToLive. */
export function tableActions(state: DynamoState): JsonActions {
  const { clock, tables, make } = state;
  return {
    CreateTable: make.writes(CreateTable, (input) => {
      checkTable(input);
      if (tables.find(input.TableName) !== undefined) {
        throw new AwsFault('ResourceInUseException', `Table already exists: ${input.TableName}`);
      }
      tables.create(input.TableName, definitionOf(input, clock.nowMs() / 1000));
      return { TableDescription: descriptionOf(state, tables.existing(input.TableName)) };
    }),
    DescribeTable: make.reads(ByName, (input) => ({ Table: descriptionOf(state, tables.existing(input.TableName)) })),
    ListTables: make.reads(ListTables, (input) => {
      const limit = input.Limit ?? 100;
      const names = tables.names(input.ExclusiveStartTableName ?? '', limit + 1);
      const shown = names.slice(0, limit);
      return { TableNames: shown, ...(names.length > limit ? { LastEvaluatedTableName: shown.at(-1) } : {}) };
    }),
    DeleteTable: make.writes(ByName, (input) => {
      const table = tables.existing(input.TableName);
      const description = descriptionOf(state, table);
      tables.delete(table);
      return { TableDescription: { ...description, TableStatus: 'DELETING' } };
    }),
    UpdateTimeToLive: make.writes(UpdateTimeToLive, (input) => {
      const { AttributeName, Enabled } = input.TimeToLiveSpecification;
      const table = tables.existing(input.TableName);
      if (Enabled === (table.ttl !== undefined)) {
        throw validation(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
      }
      tables.setTtl(table, Enabled ? AttributeName : null);
      return { TimeToLiveSpecification: input.TimeToLiveSpecification };
    }),
    DescribeTimeToLive: make.reads(ByName, (input) => {
      const { ttl } = tables.existing(input.TableName);
      const enabled = ttl === undefined ? {} : { AttributeName: ttl };
      return {
        TimeToLiveDescription: { TimeToLiveStatus: ttl === undefined ? 'DISABLED' : 'ENABLED', ...enabled },
      };
    }),
  };
}

function checkTable(input: CreateTable): void {
  if (!/^[\w.-]{3,255}$/.test(input.TableName)) {
    throw validation('TableName must be at least 3 characters long and at most 255 characters long');
  }
  const [hash, range] = input.KeySchema;
  if (hash?.KeyType !== 'HASH' || (range !== undefined && range.KeyType !== 'RANGE')) {
    throw validation('Invalid KeySchema: expected one HASH key, then at most one RANGE key');
  }
  const defined = input.AttributeDefinitions.map((definition) => definition.AttributeName);
  const used = input.KeySchema.map((element) => element.AttributeName);
  if (
    new Set(used).size !== used.length ||
    defined.length !== used.length ||
    !used.every((one) => defined.includes(one))
  ) {
    throw validation(
      'One or more parameter values were invalid: the attributes in KeySchema must be exactly those in AttributeDefinitions',
    );
  }
  if (input.BillingMode !== 'PAY_PER_REQUEST' && input.ProvisionedThroughput === undefined) {
    throw validation('No provisioned throughput specified for the table');
  }
}

function definitionOf(input: CreateTable, nowS: number): TableDefinition {
  return {
    AttributeDefinitions: input.AttributeDefinitions,
    KeySchema: input.KeySchema,
    BillingMode: input.BillingMode ?? 'PROVISIONED',
    ProvisionedThroughput: input.ProvisionedThroughput ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    CreationDateTime: nowS,
  };
}

function descriptionOf({ items }: DynamoState, table: Table): object {
  const { BillingMode, ...definition } = table.definition;
  const count = items.count(table);
  return {
    ...definition,
    TableName: table.name,
    TableStatus: 'ACTIVE',
    TableArn: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table.name}`,
    BillingModeSummary: { BillingMode },
    ItemCount: count.items,
    TableSizeBytes: count.bytes,
  };
}
