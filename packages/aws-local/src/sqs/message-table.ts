import { randomUUID } from 'node:crypto';
import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import { AwsFault } from '../engine/fault.ts';
import { storedJson } from '../engine/stored-json.ts';
import { inTurn, type MessageRow } from './fair-order.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { type Queue, type QueueTable, queueArn } from './queue.ts';

/** A message that was taken from its queue and is in flight. */
export interface TakenMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentMs: number;
  readonly receiveCount: number;
  readonly firstReceivedMs: number;
  /** The ARN of the queue this message was a dead letter of. */
  readonly source: string | undefined;
  readonly group: string | undefined;
}

/** A message on its way into a queue. */
export interface NewMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly delayS: number;
  /** Messages without a group are one group. */
  readonly group: string | undefined;
}

/** How many messages a queue holds, by what a receiver would see. */
export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/**
 * The messages of all queues. A message is visible when `visible_ms` has come; one that was received keeps the nonce
 * of its latest receipt, and only that receipt deletes it or changes its visibility.
 * `touched` hears every queue in which a message may have become visible, now or later.
 */
export class MessageTable {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #queues: QueueTable;
  readonly #touched: (queueId: number) => void;

  constructor(db: Database, clock: Clock, queues: QueueTable, touched: (queueId: number) => void) {
    this.#db = db;
    this.#clock = clock;
    this.#queues = queues;
    this.#touched = touched;
  }

  /** Adds a message that becomes visible after `delayS`; answers its id. */
  add(queue: Queue, { body, attributes, delayS, group = '' }: NewMessage): string {
    const nowMs = this.#clock.nowMs();
    const messageId = randomUUID();
    let json: string | null = null;
    for (const _ in attributes) {
      json = JSON.stringify(attributes);
      break;
    }
    const sql = `INSERT INTO message (queue, visible_ms, sent_ms, message_id, attributes, body, message_group)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.#db.run(sql, queue.id, nowMs + delayS * 1000, nowMs, messageId, json, body, group);
    this.#touched(queue.id);
    return messageId;
  }

  /** Takes up to `max` visible messages, in fair order between groups and oldest first in each, and hides each for `visibilityS`. */
  take(queue: Queue, max: number, visibilityS: number): TakenMessage[] {
    const nowMs = this.#clock.nowMs();
    const sql = `UPDATE message SET visible_ms = ?, receive_count = receive_count + 1,
      first_received_ms = coalesce(first_received_ms, ?), receipt = ? WHERE id = ?`;
    return this.#candidates(queue, max, nowMs).map((row) => {
      const nonce = randomUUID();
      this.#db.run(sql, nowMs + visibilityS * 1000, nowMs, nonce, row.id);
      return takenMessage(row, receiptHandle(row.id, nonce), nowMs);
    });
  }

  /** Gives back a message whose receiver left before the answer reached it, as if it had not been received. */
  giveBack(queue: Queue, handle: string): void {
    const { id, nonce } = parseReceipt(handle);
    const sql = `UPDATE message SET visible_ms = ?, receive_count = receive_count - 1, receipt = NULL
      WHERE id = ? AND queue = ? AND receipt = ?`;
    this.#db.run(sql, this.#clock.nowMs(), id, queue.id, nonce);
    this.#touched(queue.id);
  }

  /**
   * Deletes a message by its latest receipt; an older receipt deletes nothing and is no error.
   *
   * @throws AwsFault `ReceiptHandleIsInvalid`.
   */
  delete(queue: Queue, handle: string): void {
    const { id, nonce } = parseReceipt(handle);
    this.#db.run('DELETE FROM message WHERE id = ? AND queue = ? AND receipt = ?', id, queue.id, nonce);
  }

  /** @throws AwsFault `ReceiptHandleIsInvalid`, `MessageNotInflight`. */
  hide(queue: Queue, handle: string, visibilityS: number): void {
    const { id, nonce } = parseReceipt(handle);
    const nowMs = this.#clock.nowMs();
    const sql = 'UPDATE message SET visible_ms = ? WHERE id = ? AND queue = ? AND receipt = ? AND visible_ms > ?';
    if (this.#db.run(sql, nowMs + visibilityS * 1000, id, queue.id, nonce, nowMs) === 0) {
      throw new AwsFault('MessageNotInflight', 'The message is not in flight or the receipt is not its latest.');
    }
    this.#touched(queue.id);
  }

  /** When the next message of the queue is visible: in the past when one is visible now. */
  nextVisibleMs(queueId: number): number | undefined {
    const sql = 'SELECT min(visible_ms) AS at FROM message WHERE queue = ?';
    return this.#db.get<{ at: number | null }>(sql, queueId)?.at ?? undefined;
  }

  counts(queue: Queue): MessageCounts {
    const sql = `SELECT count(*) FILTER (WHERE visible_ms <= now) AS visible,
      count(*) FILTER (WHERE visible_ms > now AND receipt IS NOT NULL) AS inFlight,
      count(*) FILTER (WHERE visible_ms > now AND receipt IS NULL) AS delayed
      FROM message, (SELECT ? AS now) WHERE queue = ? AND sent_ms > ?`;
    const nowMs = this.#clock.nowMs();
    const counts = this.#db.get<MessageCounts>(sql, nowMs, queue.id, nowMs - queue.retentionMs);
    return counts ?? { visible: 0, inFlight: 0, delayed: 0 };
  }

  purge(queue: Queue): void {
    this.#db.run('DELETE FROM message WHERE queue = ?', queue.id);
  }

  /** Moves every dead letter to `target`, or each to the queue it came from; answers how many moved. */
  moveAll(from: Queue, target: Queue | undefined): number {
    const rows = this.#db.all<{ id: number; source: string | null }>(
      'SELECT id, source FROM message WHERE queue = ?',
      from.id,
    );
    let moved = 0;
    for (const row of rows) {
      const to = target ?? (row.source === null ? undefined : this.#queues.find(row.source));
      if (to === undefined) continue;
      const sql = `UPDATE message SET queue = ?, visible_ms = ?, receive_count = 0, receipt = NULL, source = NULL
        WHERE id = ?`;
      this.#db.run(sql, to.id, this.#clock.nowMs(), row.id);
      this.#touched(to.id);
      moved += 1;
    }
    return moved;
  }

  /** The messages that are next, after those that are too old or were received too often were put away. */
  #candidates(queue: Queue, max: number, nowMs: number): MessageRow[] {
    const deadLetters = queue.redrive && this.#queues.find(queue.redrive.deadLetterTargetArn);
    for (;;) {
      const rows = inTurn(this.#db, { queue: queue.id, max, nowMs });
      const before = rows.length;
      const kept = rows.filter((row) => !this.#putAway(queue, row, deadLetters, nowMs));
      if (kept.length === before) return kept;
    }
  }

  #putAway(queue: Queue, row: MessageRow, deadLetters: Queue | undefined, nowMs: number): boolean {
    if (row.sent_ms + queue.retentionMs <= nowMs) {
      this.#db.run('DELETE FROM message WHERE id = ?', row.id);
      return true;
    }
    if (deadLetters === undefined || row.receive_count < (queue.redrive?.maxReceiveCount ?? Infinity)) return false;
    const sql = 'UPDATE message SET queue = ?, visible_ms = ?, receipt = NULL, source = ? WHERE id = ?';
    this.#db.run(sql, deadLetters.id, nowMs, queueArn(queue.name), row.id);
    this.#touched(deadLetters.id);
    return true;
  }
}

function takenMessage(row: MessageRow, handle: string, nowMs: number): TakenMessage {
  return {
    messageId: row.message_id,
    receiptHandle: handle,
    body: row.body,
    attributes: row.attributes === null ? {} : storedJson<MessageAttributes>(row.attributes),
    sentMs: row.sent_ms,
    receiveCount: row.receive_count + 1,
    firstReceivedMs: row.first_received_ms ?? nowMs,
    source: row.source ?? undefined,
    group: row.message_group === '' ? undefined : row.message_group,
  };
}

function receiptHandle(id: number, nonce: string): string {
  return Buffer.from(`${id}:${nonce}`).toString('base64');
}

function parseReceipt(handle: string): { id: number; nonce: string } {
  const match = /^(\d{1,15}):([0-9a-f-]{36})$/.exec(Buffer.from(handle, 'base64').toString('latin1'));
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new AwsFault('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { id: Number(match[1]), nonce: match[2] };
}
