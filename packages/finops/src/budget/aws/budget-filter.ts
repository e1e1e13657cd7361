import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import type { BillTable } from '../../bill/bill-table.ts';
import { shownLabel } from '../../bill/label.ts';
import { findService } from '../../services/service-lookup.ts';

/** Lines whose column has one of the labels; `isExcluded` turns it round. */
export interface FilterTerm {
  readonly column: string;
  readonly labels: readonly (string | null)[];
  readonly isExcluded: boolean;
}

type Terms = { readonly terms: readonly FilterTerm[] } | { readonly unknown: string };

/** The filters of a budget, the older CostFilters and the newer FilterExpression, as terms that all must hold. */
export function filterTerms(bill: BillTable, budget: JsonObject): Terms {
  const filters = isJsonObject(budget['CostFilters']) ? Object.entries(budget['CostFilters']) : [];
  const parts = filters.map(([key, values]) => termOf(bill, { key, values: textsOf(values), isExcluded: false }));
  const expression = budget['FilterExpression'];
  return together([...parts, ...(isJsonObject(expression) ? [expressionTerms(bill, expression, false)] : [])]);
}

/** The FOCUS column of each filter key of AWS, old name and new name. */
const COLUMNS: Readonly<Record<string, string>> = {
  Service: 'ServiceName',
  SERVICE: 'ServiceName',
  Region: 'RegionId',
  REGION: 'RegionId',
  LinkedAccount: 'SubAccountId',
  LINKED_ACCOUNT: 'SubAccountId',
  AZ: 'AvailabilityZone',
  UsageType: 'x_UsageType',
  USAGE_TYPE: 'x_UsageType',
  TagKeyValue: 'Tags',
};

interface Filter {
  readonly key: string;
  readonly values: readonly string[];
  readonly isExcluded: boolean;
}

function expressionTerms(bill: BillTable, expression: JsonObject, isExcluded: boolean): Terms {
  const [[kind, value] = ['', null], ...more] = Object.entries(expression);
  if (more.length > 0) return { unknown: 'its filter expression has several members' };
  if (kind === 'And' && !isExcluded && Array.isArray(value))
    return together(value.map((one) => expressionTerms(bill, isJsonObject(one) ? one : {}, false)));
  if (!isJsonObject(value)) return { unknown: `its filter has a member ${shownLabel(kind, 'without a name')}` };
  if (kind === 'Not') return expressionTerms(bill, value, !isExcluded);
  const options = textsOf(value['MatchOptions']).filter((option) => option !== 'EQUALS');
  if (options.length > 0) return { unknown: `its filter matches by ${shownLabel(options[0], '')}` };
  const [key = '', values] = [textsOf(value['Key'])[0], textsOf(value['Values'])];
  if (kind === 'Dimensions') return termOf(bill, { key, values, isExcluded });
  if (kind === 'Tags')
    return termOf(bill, { key: 'TagKeyValue', values: values.map((one) => `${key}$${one}`), isExcluded });
  return { unknown: `its filter is by ${shownLabel(kind, 'nothing')}` };
}

function together(parts: readonly Terms[]): Terms {
  const unknown = parts.find((part) => 'unknown' in part);
  return unknown ?? { terms: parts.flatMap((part) => ('terms' in part ? part.terms : [])) };
}

function termOf(bill: BillTable, { key, values, isExcluded }: Filter): Terms {
  const column = Object.hasOwn(COLUMNS, key) ? COLUMNS[key] : undefined;
  if (column === undefined)
    return { unknown: `it filters by ${shownLabel(key, 'nothing')}, which the bill does not say` };
  if (!bill.has(column)) return { unknown: `it filters by ${key}, and the bill has no column ${column}` };
  const known = bill.dimension(column).labels;
  const labels = values.map((value) => known.filter((label) => label !== null && isSame(column, value, label)));
  const missing = values.find((_, at) => column === 'ServiceName' && labels[at]?.length === 0);
  if (missing !== undefined)
    return { unknown: `it filters by the service ${shownLabel(missing, '')}, which the bill does not name` };
  return { terms: [{ column, labels: labels.flat(), isExcluded }] };
}

function isSame(column: string, value: string, label: string): boolean {
  if (column === 'Tags') return hasTag(label, value);
  if (label === value) return true;
  if (column !== 'ServiceName') return false;
  const service = PARTS_OF_SERVICES.has(value) ? undefined : findService(value);
  return service !== undefined && service === findService(label);
}

/** Names Cost Explorer has for parts of one service, which ServiceName does not tell apart. Source: AWS Cost Management user guide, "EC2-Other", read 2026-11-20. */
const PARTS_OF_SERVICES: ReadonlySet<string> = new Set(['Amazon Elastic Compute Cloud - Compute', 'EC2 - Other']);

/** Whether a Tags cell (JSON) has the pair that AWS writes `user:Team$web`; FOCUS writes the key with or without `user:`. */
function hasTag(cell: string, pair: string): boolean {
  const at = pair.indexOf('$');
  const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
  const tags = tagsIn(cell);
  return tags[key] === value || tags[key.replace(/^user:/, '')] === value;
}

function tagsIn(cell: string): JsonObject {
  try {
    const tags: JsonValue = JSON.parse(cell);
    return isJsonObject(tags) ? tags : {};
  } catch {
    return {}; // a cell that is no JSON has no tags
  }
}

function textsOf(value: JsonValue | undefined): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((one): one is string => typeof one === 'string');
}
