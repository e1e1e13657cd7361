import * as z from 'zod';
import type { JsonActions } from '../wire/action.ts';
import { JsonText } from '../wire/json.ts';
import { type Item, checkedItem } from './attribute-value.ts';
import { requireCondition } from './condition-check.ts';
import { applyUpdate } from './expression/apply-update.ts';
import { Bindings } from './expression/bindings.ts';
import { conditionOf, updateOf } from './expression/parse.ts';
import { validation } from './faults.ts';
import { DECLINED_REPORTS, type DynamoState, EXPRESSION_ATTRIBUTES, RawItem } from './state.ts';
import { type Table, exactKey } from './table.ts';

const UpdateItem = z.strictObject({
  TableName: z.string(),
  Key: RawItem,
  UpdateExpression: z.string().optional(),
  ConditionExpression: z.string().optional(),
  ReturnValues: z.enum(['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']).optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['NONE', 'ALL_OLD']).optional(),
  ...EXPRESSION_ATTRIBUTES,
  ...DECLINED_REPORTS,
});
type UpdateItem = z.infer<typeof UpdateItem>;

/** UpdateItem: changes an item, or makes it from its key. */
export function updateActions({ tables, items, make }: DynamoState): JsonActions {
  return {
    UpdateItem: make.writes(UpdateItem, (input) => {
      const table = tables.existing(input.TableName);
      const keyItem = checkedItem(input.Key);
      const key = exactKey(table, keyItem);
      const update =
        input.UpdateExpression === undefined ? undefined : updateOf('UpdateExpression', input.UpdateExpression);
      const condition =
        input.ConditionExpression === undefined
          ? undefined
          : conditionOf('ConditionExpression', input.ConditionExpression);
      const bindings = new Bindings(input, [update, condition]);
      const before = items.get(table, key);
      requireCondition(condition, before, bindings, input.ReturnValuesOnConditionCheckFailure);
      const start = before ?? keyItem;
      const after = update === undefined ? { item: start, touched: [] } : applyUpdate(update.tree, start, bindings);
      requireKeyUntouched(table, after.touched);
      const json = items.put(table, key, after.item);
      if (input.ReturnValues === 'ALL_NEW') return new JsonText(`{"Attributes":${json}}`);
      return returned(input.ReturnValues, before, after.item, after.touched);
    }),
  };
}

function requireKeyUntouched(table: Table, touched: readonly string[]): void {
  const key = touched.find((name) => name === table.hash.name || name === table.range?.name);
  if (key === undefined) return;
  throw validation(
    `One or more parameter values were invalid: Cannot update attribute ${key}. This attribute is part of the key`,
  );
}

function returned(
  wanted: UpdateItem['ReturnValues'],
  before: Item | undefined,
  after: Item,
  touched: readonly string[],
): { Attributes?: Item } {
  if (wanted === undefined || wanted === 'NONE') return {};
  const source = wanted.endsWith('OLD') ? before : after;
  if (source === undefined) return {};
  if (wanted.startsWith('ALL')) return { Attributes: source };
  const kept = touched.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]] as const]));
  return kept.length === 0 ? {} : { Attributes: Object.fromEntries(kept) };
}
