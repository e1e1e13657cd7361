import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import type { Item } from './attribute-value.ts';
import type { Table } from './table.ts';

/** Expired items are looked for with a write, this long after the last look. AWS promises days (DynamoDB guide, TTL, 2026-11). */
const LOOK_MS = 60_000;

/** Items deleted by one look: a write waits for no more. */
const MOST = 500;

/** An item whose time is older than this is not deleted: it is taken for another kind of number (DynamoDB guide, TTL, 2026-11). */
const OLDEST_S = 5 * 365.25 * 86_400;

/** When an item of a table may be deleted, in Unix seconds; null where TTL is off or the attribute is missing or no number. */
export function expiryOf({ ttl }: Pick<Table, 'ttl'>, item: Item): number | null {
  const seconds = ttl === undefined ? undefined : item[ttl]?.N;
  return seconds === undefined ? null : Math.floor(Number(seconds));
}

/**
 * Deletes items whose time to live is over, some while after it, as DynamoDB does: until then they are read and changed like any
 * other.
 */
export class ExpiredItems {
  readonly #db: Database;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #nextMs = 0;

  constructor(db: Database, clock: Pick<Clock, 'nowMs'>) {
    this.#db = db;
    this.#clock = clock;
  }

  /** To be called inside a write. */
  deleteIfDue(): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + LOOK_MS;
    const nowS = Math.floor(nowMs / 1_000);
    const expired = 'SELECT rowid FROM item WHERE expires_s >= ? AND expires_s < ? LIMIT ?';
    const deleted = this.#db.run(`DELETE FROM item WHERE rowid IN (${expired})`, nowS - OLDEST_S, nowS, MOST);
    if (deleted === MOST) this.#nextMs = nowMs;
  }
}
