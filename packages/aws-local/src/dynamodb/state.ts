import * as z from 'zod';
import type { Clock } from '@infrafabric/protocol';
import { notImplemented } from '../engine/fault.ts';
import type { ActionMaker } from '../wire/action.ts';
import type { ItemTable } from './item-table.ts';
import type { TableCatalogue } from './table.ts';

/** What every DynamoDB action works with. */
export interface DynamoState {
  readonly clock: Clock;
  readonly tables: TableCatalogue;
  readonly items: ItemTable;
  readonly make: ActionMaker;
}

/** An item or key as it comes in; its values are checked by `checkedItem`. */
export const RawItem: z.ZodType<Readonly<Record<string, unknown>>> = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected a map of attribute values',
);

/** What the aliases and values in expressions stand for. */
export const EXPRESSION_ATTRIBUTES = {
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: RawItem.optional(),
};

/** Reports of capacity and collection sizes may be declined, which is all that is emulated of them. */
export const DECLINED_REPORTS = {
  ReturnConsumedCapacity: declined('ReturnConsumedCapacity'),
  ReturnItemCollectionMetrics: declined('ReturnItemCollectionMetrics'),
};

function declined(parameter: string): z.ZodType<string | undefined> {
  return z
    .string()
    .optional()
    .transform((value) => {
      if (value !== undefined && value !== 'NONE') throw notImplemented(`${parameter} ${value}`);
      return value;
    });
}
