import * as z from 'zod';
import { storedJson } from '../engine/stored-json.ts';
import { JsonText } from '../wire/json.ts';
import { type Item, checkedItem } from './attribute-value.ts';
import type { Bindings } from './expression/bindings.ts';
import { projection as projectionOn } from './expression/document.ts';
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
export function readPage(items: ItemTable, request: PageRequest): JsonText {
  const { table, input } = request;
  const after = input.ExclusiveStartKey && exactKey(table, checkedItem(input.ExclusiveStartKey));
  const limit = input.Limit ?? Infinity;
  const show = shownAs(request);
  const found: string[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: string | undefined;
  let more = false;
  for (const stored of items.range(table, { ...request.range, after })) {
    more = scanned > 0 && bytes + stored.bytes > MAX_PAGE_BYTES;
    if (more) break;
    scanned += 1;
    bytes += stored.bytes;
    last = stored.json;
    found.push(...show(stored.json));
    more = scanned >= limit;
    if (more) break;
  }
  const members = [
    ...(input.Select === 'COUNT' ? [] : [`"Items":[${found.join(',')}]`]),
    `"Count":${found.length}`,
    `"ScannedCount":${scanned}`,
    ...(more && last !== undefined
      ? [`"LastEvaluatedKey":${JSON.stringify(keyOf(table, storedJson<Item>(last)))}`]
      : []),
  ];
  return new JsonText(`{${members.join(',')}}`);
}

/** What a page shows of an item, as JSON: nothing where the filter does not hold. Whole items are not read at all. */
function shownAs({ filter, projection, bindings }: PageRequest): (json: string) => string[] {
  if (filter === undefined && projection === undefined) return (json) => [json];
  const project = projection && projectionOn(projection.tree.map((path) => bindings.keys(path)));
  return (json) => {
    const item = storedJson<Item>(json);
    if (filter !== undefined && !holds(filter.tree, item, bindings)) return [];
    return [project === undefined ? json : JSON.stringify(project(item))];
  };
}
