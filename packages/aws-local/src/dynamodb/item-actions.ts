import * as z from 'zod';
import type { JsonActions } from '../wire/action.ts';
import { checkedItem } from './attribute-value.ts';
import { requireCondition } from './condition-check.ts';
import { Bindings } from './expression/bindings.ts';
import { projection as projectionOn } from './expression/document.ts';
import { conditionOf, projectionOf } from './expression/parse.ts';
import { DECLINED_REPORTS, type DynamoState, EXPRESSION_ATTRIBUTES, RawItem } from './state.ts';
import { exactKey, storedKey } from './table.ts';

const CONDITION = {
  ConditionExpression: z.string().optional(),
  ReturnValues: z.enum(['NONE', 'ALL_OLD']).optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['NONE', 'ALL_OLD']).optional(),
  ...EXPRESSION_ATTRIBUTES,
  ...DECLINED_REPORTS,
};
const PutItem = z.strictObject({ TableName: z.string(), Item: RawItem, ...CONDITION });
const DeleteItem = z.strictObject({ TableName: z.string(), Key: RawItem, ...CONDITION });
const GetItem = z.strictObject({
  TableName: z.string(),
  Key: RawItem,
  ConsistentRead: z.boolean().optional(),
  ProjectionExpression: z.string().optional(),
  ExpressionAttributeNames: EXPRESSION_ATTRIBUTES.ExpressionAttributeNames,
  ReturnConsumedCapacity: DECLINED_REPORTS.ReturnConsumedCapacity,
});

/** PutItem, GetItem and DeleteItem. */
export function itemActions({ tables, items, make }: DynamoState): JsonActions {
  return {
    PutItem: make.writes(PutItem, (input) => {
      const table = tables.existing(input.TableName);
      const item = checkedItem(input.Item);
      const key = storedKey(table, item);
      const { condition, bindings } = conditionIn(input);
      const before = condition !== undefined || input.ReturnValues === 'ALL_OLD' ? items.get(table, key) : undefined;
      requireCondition(condition, before, bindings, input.ReturnValuesOnConditionCheckFailure);
      items.put(table, key, item);
      return input.ReturnValues === 'ALL_OLD' && before !== undefined ? { Attributes: before } : {};
    }),
    GetItem: make.reads(GetItem, (input) => {
      const table = tables.existing(input.TableName);
      const key = exactKey(table, checkedItem(input.Key));
      const projection =
        input.ProjectionExpression === undefined
          ? undefined
          : projectionOf('ProjectionExpression', input.ProjectionExpression);
      const bindings = new Bindings(input, [projection]);
      const item = items.get(table, key);
      if (item === undefined || projection === undefined) return item === undefined ? {} : { Item: item };
      return { Item: projectionOn(projection.tree.map((path) => bindings.keys(path)))(item) };
    }),
    DeleteItem: make.writes(DeleteItem, (input) => {
      const table = tables.existing(input.TableName);
      const key = exactKey(table, checkedItem(input.Key));
      const { condition, bindings } = conditionIn(input);
      const before = items.get(table, key);
      requireCondition(condition, before, bindings, input.ReturnValuesOnConditionCheckFailure);
      items.delete(table, key);
      return input.ReturnValues === 'ALL_OLD' && before !== undefined ? { Attributes: before } : {};
    }),
  };
}

type Conditional = Pick<
  z.infer<typeof PutItem>,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

function conditionIn(input: Conditional): {
  condition: ReturnType<typeof conditionOf> | undefined;
  bindings: Bindings;
} {
  const condition =
    input.ConditionExpression === undefined ? undefined : conditionOf('ConditionExpression', input.ConditionExpression);
  return { condition, bindings: new Bindings(input, [condition]) };
}
