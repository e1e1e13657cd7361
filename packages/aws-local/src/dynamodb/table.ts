import type { Database } from '../engine/database.ts';
import { AwsFault } from '../engine/fault.ts';
import { storedJson } from '../engine/stored-json.ts';
import { type Item, typeOf } from './attribute-value.ts';
import { validation } from './faults.ts';
import { sortableNumber } from './number.ts';

/** The types a key may have. */
export type KeyType = 'S' | 'N' | 'B';

/** One attribute of the primary key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** What CreateTable was given, as DescribeTable answers it. */
export interface TableDefinition {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: KeyType }[];
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly BillingMode: string;
  readonly ProvisionedThroughput: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
  /** Seconds since the epoch. */
  readonly CreationDateTime: number;
}

/** A table; `ttl` is the attribute that UpdateTimeToLive named. */
export interface Table {
  readonly id: number;
  readonly name: string;
  readonly definition: TableDefinition;
  readonly hash: KeyAttribute;
  readonly range: KeyAttribute | undefined;
  readonly ttl: string | undefined;
}

/** The primary key of an item as it is stored: texts whose byte order is the order of DynamoDB. */
export interface StoredKey {
  readonly hash: string;
  readonly range: string;
}

/** A hash key and a range key may have this many bytes. Source: DynamoDB quotas (2026-11). */
const MAX_HASH_BYTES = 2048;
const MAX_RANGE_BYTES = 1024;

interface TableRow {
  id: number;
  name: string;
  definition: string;
  ttl: string | null;
}

/** The tables of the file, kept parsed in memory. */
export class TableCatalogue {
  readonly #db: Database;
  readonly #byName = new Map<string, Table>();

  constructor(db: Database) {
    this.#db = db;
    db.onUndo(() => this.#byName.clear());
  }

  /** @throws AwsFault `ResourceNotFoundException`. */
  existing(name: string): Table {
    const table = this.find(name);
    if (table === undefined) throw new AwsFault('ResourceNotFoundException', 'Requested resource not found');
    return table;
  }

  find(name: string): Table | undefined {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const row = this.#db.get<TableRow>('SELECT * FROM dynamo_table WHERE name = ?', name);
    if (row === undefined) return undefined;
    const table = tableOf(row);
    this.#byName.set(name, table);
    return table;
  }

  create(name: string, definition: TableDefinition): void {
    this.#db.run('INSERT INTO dynamo_table (name, definition) VALUES (?, ?)', name, JSON.stringify(definition));
  }

  setTtl(table: Table, attribute: string | null): void {
    this.#db.run('UPDATE dynamo_table SET ttl = ? WHERE id = ?', attribute, table.id);
    const seconds = attribute === null ? 'NULL' : 'CAST(json_extract(attributes, ?) AS INTEGER)';
    const path = attribute === null ? [] : [`$.${JSON.stringify(attribute)}.N`];
    this.#db.run(`UPDATE item SET expires_s = ${seconds} WHERE dynamo_table = ?`, ...path, table.id);
    this.#byName.delete(table.name);
  }

  delete(table: Table): void {
    this.#db.run('DELETE FROM item WHERE dynamo_table = ?', table.id);
    this.#db.run('DELETE FROM dynamo_table WHERE id = ?', table.id);
    this.#byName.delete(table.name);
  }

  names(after: string, limit: number): string[] {
    const sql = 'SELECT name FROM dynamo_table WHERE name > ? ORDER BY name LIMIT ?';
    return this.#db.all<{ name: string }>(sql, after, limit).map((row) => row.name);
  }
}

/** The key attributes of an item. */
export function keyOf(table: Table, item: Item): Item {
  const names = table.range === undefined ? [table.hash.name] : [table.hash.name, table.range.name];
  return Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

/** The stored key of an item or of a `Key` parameter. @throws AwsFault `ValidationException`. */
export function storedKey(table: Table, item: Item): StoredKey {
  return {
    hash: storedKeyPart(table.hash, item, MAX_HASH_BYTES),
    range: table.range === undefined ? '' : storedKeyPart(table.range, item, MAX_RANGE_BYTES),
  };
}

/** The stored key of a `Key` parameter, which must hold the key attributes and nothing else. */
export function exactKey(table: Table, key: Item): StoredKey {
  if (Object.keys(key).length !== (table.range === undefined ? 1 : 2)) throw schemaMismatch();
  return storedKey(table, key);
}

/** One key attribute in its stored form. */
export function storedKeyPart(attribute: KeyAttribute, item: Item, maxBytes: number = MAX_HASH_BYTES): string {
  const value = item[attribute.name];
  if (value === undefined) {
    throw validation(
      `One of the required keys was not given a value; the provided key element does not match the schema: ${attribute.name}`,
    );
  }
  if (typeOf(value) !== attribute.type) throw schemaMismatch();
  const text = value[attribute.type] ?? '';
  if (text === '') {
    throw validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${attribute.name}`,
    );
  }
  if (attribute.type === 'N') return sortableNumber(text);
  const bytes = Buffer.from(text, attribute.type === 'B' ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw validation(`Size of key attribute ${attribute.name} exceeds ${maxBytes} bytes`);
  return attribute.type === 'B' ? bytes.toString('hex') : text;
}

function schemaMismatch(): Error {
  return validation('The provided key element does not match the schema');
}

function tableOf(row: TableRow): Table {
  const definition = storedJson<TableDefinition>(row.definition);
  const key = (kind: 'HASH' | 'RANGE'): KeyAttribute | undefined => {
    const name = definition.KeySchema.find((element) => element.KeyType === kind)?.AttributeName;
    const type = definition.AttributeDefinitions.find((one) => one.AttributeName === name)?.AttributeType;
    return name === undefined || type === undefined ? undefined : { name, type };
  };
  const hash = key('HASH');
  if (hash === undefined) throw new TypeError(`expected a hash key in the definition of table ${row.name}`);
  return { id: row.id, name: row.name, definition, hash, range: key('RANGE'), ttl: row.ttl ?? undefined };
}
