import type { BillTable } from '../bill/bill-table.ts';
import { TAG_PREFIX, tagKeys, usageColumn } from './spend-dimension.ts';

/** A way to tell spend apart: the last word of its topics, the column or tag, and what one and many of its groups are called. */
export interface Grouping {
  readonly word: 'service' | 'account' | 'region' | 'usage-type' | 'tag' | 'resource';
  readonly column: string;
  readonly one: string;
  readonly many: string;
  /** What a group without a label is called. */
  readonly none: string;
}

/** Every word of {@link Grouping}. */
export const GROUPING_WORDS = ['service', 'account', 'region', 'usage-type', 'tag', 'resource'] as const;

/** A grouping of a bill; `tag` names the key, without it the one most costs carry. `undefined` when the bill has no such column. */
export function groupingOf(bill: BillTable, word: Grouping['word'], tag?: string): Grouping | undefined {
  if (word === 'usage-type') return usageGrouping(bill);
  if (word === 'tag') return tagGrouping(bill, tag);
  const { column, ...words } = COLUMNS[word];
  return bill.has(column) ? { word, column, ...words, none: `no ${column}` } : undefined;
}

const COLUMNS = {
  service: { column: 'ServiceName', one: 'service', many: 'services' },
  account: { column: 'SubAccountId', one: 'account', many: 'accounts' },
  region: { column: 'RegionId', one: 'region', many: 'regions' },
  resource: { column: 'ResourceId', one: 'resource', many: 'resources' },
} as const;

function usageGrouping(bill: BillTable): Grouping | undefined {
  const column = usageColumn(bill);
  const words = { one: 'usage type', many: 'usage types' };
  return column === undefined ? undefined : { word: 'usage-type', column, ...words, none: `no ${column}` };
}

function tagGrouping(bill: BillTable, tag: string | undefined): Grouping | undefined {
  const key = tag ?? tagKeys(bill, 'BilledCost', 1)[0];
  if (key === undefined) return undefined;
  const words = { one: `value of the tag ${key}`, many: `values of the tag ${key}` };
  return { word: 'tag', column: `${TAG_PREFIX}${key}`, ...words, none: `no tag ${key}` };
}
