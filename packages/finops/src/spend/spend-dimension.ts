import { isJsonObject, type JsonValue } from '@infrafabric/protocol';
import type { BillTable } from '../bill/bill-table.ts';
import type { Dimension } from '../bill/dimension.ts';

/** What the name of a tag begins with when it stands for a column: `tag:env`. */
export const TAG_PREFIX = 'tag:';

/** A column of a bill, or a tag of its lines as one. A line without the tag has the label `null`. */
export function spendDimension(bill: BillTable, name: string): Dimension {
  return name.startsWith(TAG_PREFIX) ? tagDimension(bill, name.slice(TAG_PREFIX.length)) : bill.dimension(name);
}

/** The names of usage types in bills, the most telling first: AWS exports, FOCUS 1.1 SkuMeter, the words of the charge. */
const USAGE_COLUMNS = ['x_UsageType', 'SkuMeter', 'ChargeDescription'];

/** The column that says what of a service was used; `undefined` when the bill has none. */
export const usageColumn = (bill: BillTable): string | undefined => USAGE_COLUMNS.find(bill.has);

const TAGS = new WeakMap<BillTable, Map<string, Dimension>>();

function tagDimension(bill: BillTable, key: string): Dimension {
  const known = TAGS.get(bill) ?? new Map<string, Dimension>();
  TAGS.set(bill, known);
  const read = known.get(key) ?? readTag(bill, key);
  known.set(key, read);
  return read;
}

/** A column of its own where the report has one (`resourceTags/user:env`), else the map in Tags. */
function readTag(bill: BillTable, key: string): Dimension {
  const own = ownTagColumns(key).find(bill.has);
  if (own !== undefined) return bill.dimension(own);
  const cells = bill.dimension('Tags');
  const labels: (string | null)[] = [];
  const codeOf = new Map<string | null, number>();
  const codes = cells.labels.map((cell) => {
    const label = cell === null ? null : (tagsOf(cell)[key] ?? null);
    const code = codeOf.get(label) ?? labels.push(label) - 1;
    codeOf.set(label, code);
    return code;
  });
  return { codes: cells.codes.map((code) => codes[code] ?? 0), labels, codeOf };
}

const ownTagColumns = (key: string): string[] => [`resourceTags/user:${key}`, `resource_tags_user_${key}`];

/** The tags a cell holds, by key; a cell that is no JSON object of texts holds none. */
export function tagsOf(cell: string): Readonly<Record<string, string>> {
  const parsed = parsedJson(cell);
  if (!isJsonObject(parsed)) return {};
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

function parsedJson(text: string): JsonValue | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The keys of the tags of a bill, the one that most costs carry first; at most `most`. */
export function tagKeys(bill: BillTable, column: string, most: number): string[] {
  const { mantissas } = bill.decimals(column);
  const sums = new Map<string, bigint>();
  const { codes, labels } = bill.dimension('Tags');
  const keys = labels.map((cell) => (cell === null ? [] : Object.keys(tagsOf(cell))));
  for (const [line, code] of codes.entries()) {
    for (const key of keys[code] ?? []) sums.set(key, (sums.get(key) ?? 0n) + (mantissas[line] ?? 0n));
  }
  return [...sums]
    .sort(([a, x], [b, y]) => Number(y > x) - Number(y < x) || Number(a > b) - Number(a < b))
    .slice(0, most)
    .map(([key]) => key);
}
