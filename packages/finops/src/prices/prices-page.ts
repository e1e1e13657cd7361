import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';

/**
 * The page `docs/prices.md`: where the prices of a table come from and how old they are, and prices quoted elsewhere that are wrong.
 *
 * `table` is a price table document, `quoted` the document `{"entries": [{document, says, key, why}]}`.
 */
export function pricesPage(table: JsonObject, quoted: JsonObject): string {
  const entries = Object.entries(isJsonObject(table['entries']) ? table['entries'] : {}).filter(hasObject);
  const listed = (Array.isArray(quoted['entries']) ? quoted['entries'] : []).filter(isJsonObject);
  return [
    '# Prices',
    '',
    `The embedded price table has ${entries.length} list prices in USD, the newest of ${text(table['as_of'])}. It serves when no newer table is`,
    'at hand; `infrafabric prices update` writes one. Each entry names its source and date, and every amount in a report',
    'cites its entry. A region that is not listed has no price: nothing is carried over from another one.',
    '',
    '- **Tiers**: the first stands at the key, the next at `<key>/tier-2`, with `from`: the monthly quantity above which it',
    '  applies. `up_to` ends a price whose next tier is not sourced.',
    '- **Confirmed**: entries for which a second source states the same price (`confirmed_by`).',
    '- Prices are list prices: free tiers and discounts belong to an account and are not taken off.',
    '',
    'This page is generated from the table; a test fails when it differs. To write it again: `vitest run prices-page -u`.',
    '',
    '## Where they come from',
    '',
    ...markdownTable([FAMILY_HEAD, ...familyRows(entries)]),
    '',
    '## Quoted elsewhere, and wrong',
    '',
    text(quoted['documents']),
    '',
    ...markdownTable([QUOTED_HEAD, ...listed.map((entry) => quotedRow(entry, new Map(entries)))]),
    '',
  ].join('\n');
}

const FAMILY_HEAD = ['Service', 'Regions', 'Prices', 'Confirmed', 'As of', 'Source'];
const QUOTED_HEAD = ['Document', 'It says', 'Sourced price', 'As of', 'Source', 'What is wrong'];

/** One row a service, source and date. */
function familyRows(entries: readonly (readonly [string, JsonObject])[]): string[][] {
  const families = Map.groupBy(entries, ([key, entry]) =>
    [key.split('/')[0], text(entry['as_of']), text(entry['source'])].join('\n'),
  );
  return [...families.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, members]) => familyRow(family, members));
}

function familyRow(family: string, members: readonly (readonly [string, JsonObject])[]): string[] {
  const [service = '', asOf = '', source = ''] = family.split('\n');
  const regions = [...new Set(members.map(([key]) => key.split('/')[1] ?? ''))].toSorted();
  const confirmed = members.filter(([, entry]) => entry['confirmed_by'] !== undefined).length;
  const where = regions.length > 6 ? `${regions.length} regions` : regions.join(', ');
  return [`\`${service}\``, where, String(members.length), String(confirmed), asOf, source];
}

function quotedRow(quoted: JsonObject, entries: ReadonlyMap<string, JsonObject>): string[] {
  const key = text(quoted['key']);
  const entry = entries.get(key) ?? {};
  const price = `${text(entry['usd'])} per ${text(entry['unit'])} (\`${key}\`)`;
  return [
    text(quoted['document']),
    text(quoted['says']),
    price,
    text(entry['as_of']),
    text(entry['source']),
    text(quoted['why']),
  ];
}

function markdownTable(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...body] = rows.map((row) => `| ${row.join(' | ')} |`);
  const rule = `|${(rows[0] ?? []).map(() => ' --- |').join('')}`;
  return [String(head), rule, ...body.map(String)];
}

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const hasObject = (entry: [string, JsonValue | undefined]): entry is [string, JsonObject] => isJsonObject(entry[1]);
