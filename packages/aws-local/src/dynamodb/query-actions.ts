import * as z from 'zod';
import type { JsonActions } from '../wire/action.ts';
import { Bindings } from './expression/bindings.ts';
import { conditionOf } from './expression/parse.ts';
import { keyRange } from './key-condition.ts';
import { PAGE_PARAMETERS, pageExpressions, readPage } from './page.ts';
import type { DynamoState } from './state.ts';

const Query = z.strictObject({
  ...PAGE_PARAMETERS,
  KeyConditionExpression: z.string(),
  ScanIndexForward: z.boolean().optional(),
});
const Scan = z.strictObject(PAGE_PARAMETERS);

/** Query and Scan. A Scan answers in key order, which AWS does not promise. */
export function queryActions({ tables, items, make }: DynamoState): JsonActions {
  return {
    Query: make.reads(Query, (input) => {
      const table = tables.existing(input.TableName);
      const key = conditionOf('KeyConditionExpression', input.KeyConditionExpression);
      const expressions = pageExpressions(input);
      const bindings = new Bindings(input, [key, expressions.filter, expressions.projection]);
      const range = { ...keyRange(key.tree, table, bindings), backwards: input.ScanIndexForward === false };
      return readPage(items, { table, input, range, bindings, ...expressions });
    }),
    Scan: make.reads(Scan, (input) => {
      const table = tables.existing(input.TableName);
      const expressions = pageExpressions(input);
      const bindings = new Bindings(input, [expressions.filter, expressions.projection]);
      return readPage(items, { table, input, range: { bounds: [], backwards: false }, bindings, ...expressions });
    }),
  };
}
