import * as z from 'zod';
import { type Item, checkedItem } from './attribute-value.ts';
import type { Bindings } from './expression/bindings.ts';
import { projected } from './expression/document.ts';
import { holds } from './expression/evaluate.ts';
import { conditionOf, projectionOf } from './expression/parse.ts';
import type { Condition, Parsed, Path } from './expression/syntax.ts';
import type { ItemTable, Range } from './item-table.ts';
import { DECLINED_REPORTS, EXPRESSION_ATTRIBUTES, RawItem } from './state.ts';
import { type Table, exactKey, keyOf } from './table.ts';

/** The parameters Query and Scan share. */
export const PAGE_PARAMETERS = {
  TableName: z.string(),
  ConsistentRead: z.boolean().optional(),
  ExclusiveStartKey: RawItem.optional(),
  FilterExpression: z.string().optional(),
  Limit: z.int().min(1).optional(),
  ProjectionExpression: z.string().optional(),
  Select: z.enum(['ALL_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT']).optional(),
  ...EXPRESSION_ATTRIBUTES,
  ReturnConsumedCapacity: DECLINED_REPORTS.ReturnConsumedCapacity,
};
const PageInput = z.object(PAGE_PARAMETERS);
type PageInput = z.infer<typeof PageInput>;

/** The expressions that choose what a page shows. */
export interface PageExpressions {
  readonly filter: Parsed<Condition> | undefined;
  readonly projection: Parsed<readonly Path[]> | undefined;
}

/** Everything that decides a page. */
export interface PageRequest extends PageExpressions {
  readonly table: Table;
  readonly input: PageInput;
  readonly range: Omit<Range, 'after'>;
  readonly bindings: Bindings;
}

/** A page ends before the item that would carry it past this size. Source: DynamoDB quotas (2026-11). */
const MAX_PAGE_BYTES = 1_048_576;

export function pageExpressions(input: PageInput): PageExpressions {
  const { FilterExpression: filter, ProjectionExpression: projection } = input;
  return {
    filter: filter === undefined ? undefined : conditionOf('FilterExpression', filter),
    projection: projection === undefined ? undefined : projectionOf('ProjectionExpression', projection),
  };
}

/**
 * Reads one page: up to `Limit` items or 1 MiB before the filter.
 * As on AWS, a page that ends at its limit names its last key even when nothing follows.
 */
export function readPage(items: ItemTable, request: PageRequest): object {
  const { table, input, bindings } = request;
  const after = input.ExclusiveStartKey && exactKey(table, checkedItem(input.ExclusiveStartKey));
  const limit = input.Limit ?? Infinity;
  const found: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: Item | undefined;
  let more = false;
  for (const stored of items.range(table, { ...request.range, after })) {
    more = scanned > 0 && bytes + stored.bytes > MAX_PAGE_BYTES;
    if (more) break;
    scanned += 1;
    bytes += stored.bytes;
    last = stored.item;
    if (request.filter === undefined || holds(request.filter.tree, stored.item, bindings)) found.push(stored.item);
    more = scanned >= limit;
    if (more) break;
  }
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: shown(found, request) }),
    Count: found.length,
    ScannedCount: scanned,
    ...(more && last !== undefined ? { LastEvaluatedKey: keyOf(table, last) } : {}),
  };
}

function shown(found: readonly Item[], { projection, bindings }: PageRequest): readonly Item[] {
  if (projection === undefined) return found;
  const paths = projection.tree.map((path) => bindings.keys(path));
  return found.map((item) => projected(item, paths));
}
