import type { SQLInputValue } from 'node:sqlite';
import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import { storedJson } from '../engine/stored-json.ts';
import { type Item, itemBytes } from './attribute-value.ts';
import { ExpiredItems, expiryOf } from './expiry.ts';
import { validation } from './faults.ts';
import type { StoredKey, Table } from './table.ts';

/** An item may have this many bytes. Source: DynamoDB quotas (2026-11). */
const MAX_ITEM_BYTES = 409_600;

/** The JSON of an item and its size in DynamoDB's count. */
export interface StoredItem {
  readonly json: string;
  readonly bytes: number;
}

/** A run of items in key order: one hash key or the whole table, bounded and continued as asked. */
export interface Range {
  readonly hash?: string | undefined;
  /** Conditions on the range key. */
  readonly bounds: readonly RangeBound[];
  readonly backwards: boolean;
  readonly after: StoredKey | undefined;
}

/** `range_key <sign> <stored>`. */
export interface RangeBound {
  readonly sign: '=' | '<' | '<=' | '>' | '>=';
  readonly stored: string;
}

interface ItemRow {
  size: number;
  attributes: string;
}

/** The items of all tables, in key order. */
export class ItemTable {
  readonly #db: Database;
  readonly #expired: ExpiredItems;

  constructor(db: Database, clock: Pick<Clock, 'nowMs'>) {
    this.#db = db;
    this.#expired = new ExpiredItems(db, clock);
  }

  get(table: Table, key: StoredKey): Item | undefined {
    const sql = 'SELECT attributes FROM item WHERE dynamo_table = ? AND hash_key = ? AND range_key = ?';
    const row = this.#db.get<{ attributes: string }>(sql, table.id, key.hash, key.range);
    return row && storedJson<Item>(row.attributes);
  }

  /** Answers the JSON it stored. @throws AwsFault `ValidationException` when the item is too large. */
  put(table: Table, key: StoredKey, item: Item): string {
    const bytes = itemBytes(item);
    if (bytes > MAX_ITEM_BYTES) throw validation('Item size has exceeded the maximum allowed size');
    this.#expired.deleteIfDue();
    const sql = `INSERT INTO item (dynamo_table, hash_key, range_key, size, attributes, expires_s) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET size = excluded.size, attributes = excluded.attributes, expires_s = excluded.expires_s`;
    const json = JSON.stringify(item);
    this.#db.run(sql, table.id, key.hash, key.range, bytes, json, expiryOf(table, item));
    return json;
  }

  delete(table: Table, key: StoredKey): void {
    const sql = 'DELETE FROM item WHERE dynamo_table = ? AND hash_key = ? AND range_key = ?';
    this.#db.run(sql, table.id, key.hash, key.range);
  }

  count(table: Table): { items: number; bytes: number } {
    const sql = 'SELECT count(*) AS items, coalesce(sum(size), 0) AS bytes FROM item WHERE dynamo_table = ?';
    return this.#db.get<{ items: number; bytes: number }>(sql, table.id) ?? { items: 0, bytes: 0 };
  }

  /** Items of a range, read one by one so that a page can stop early. */
  *range(table: Table, range: Range): Generator<StoredItem> {
    const { conditions, values } = whereOf(range);
    const order = range.backwards ? 'DESC' : 'ASC';
    const sql = `SELECT size, attributes FROM item
      WHERE ${['dynamo_table = ?', ...conditions].join(' AND ')} ORDER BY hash_key ${order}, range_key ${order}`;
    for (const row of this.#db.each<ItemRow>(sql, table.id, ...values)) {
      yield { json: row.attributes, bytes: row.size };
    }
  }
}

function whereOf(range: Range): { conditions: string[]; values: SQLInputValue[] } {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...operands: SQLInputValue[]): void => {
    conditions.push(condition);
    values.push(...operands);
  };
  if (range.hash !== undefined) add('hash_key = ?', range.hash);
  for (const { sign, stored } of range.bounds) add(`range_key ${sign} ?`, stored);
  if (range.after !== undefined) {
    const sign = range.backwards ? '<' : '>';
    if (range.hash === undefined) add(`(hash_key, range_key) ${sign} (?, ?)`, range.after.hash, range.after.range);
    else add(`range_key ${sign} ?`, range.after.range);
  }
  return { conditions, values };
}
