import type { Database } from '../engine/database.ts';
import { ACCOUNT, REGION } from '../engine/identity.ts';
import { storedJson } from '../engine/stored-json.ts';
import { notFound } from './faults.ts';

/** A standard topic. `maxMessageBytes` is its MaximumMessageSize, also the limit of a whole batch. */
export interface Topic {
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly maxMessageBytes: number;
}

/** The default MaximumMessageSize. Source: SNS developer guide, large message payloads (2026-11). */
const DEFAULT_MAX_MESSAGE_BYTES = 262_144;

/** `arn:aws:sns:<region>:<account>:<name>`. */
export function topicArn(name: string): string {
  return `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;
}

/** The topics of the file, kept parsed in memory. */
export class TopicTable {
  readonly #db: Database;
  readonly #byArn = new Map<string, Topic>();

  constructor(db: Database) {
    this.#db = db;
    db.onUndo(() => this.#byArn.clear());
  }

  find(arn: string): Topic | undefined {
    const known = this.#byArn.get(arn);
    if (known !== undefined) return known;
    const row = this.#db.get<{ attributes: string }>('SELECT attributes FROM topic WHERE arn = ?', arn);
    if (row === undefined) return undefined;
    const attributes = storedJson<Record<string, string>>(row.attributes);
    const maxMessageBytes = Number(attributes['MaximumMessageSize'] ?? DEFAULT_MAX_MESSAGE_BYTES);
    const topic = { arn, attributes, maxMessageBytes };
    this.#byArn.set(arn, topic);
    return topic;
  }

  /** @throws AwsFault `NotFound`. */
  existing(arn: string): Topic {
    const topic = this.find(arn);
    if (topic === undefined) throw notFound('Topic');
    return topic;
  }

  put(arn: string, attributes: Readonly<Record<string, string>>): void {
    this.#db.run('INSERT OR REPLACE INTO topic (arn, attributes) VALUES (?, ?)', arn, JSON.stringify(attributes));
    this.#byArn.delete(arn);
  }

  delete(arn: string): void {
    this.#db.run('DELETE FROM topic WHERE arn = ?', arn);
    this.#byArn.delete(arn);
  }

  /** Up to `limit` ARNs after `after`, in order. */
  arns(after: string, limit: number): string[] {
    const sql = 'SELECT arn FROM topic WHERE arn > ? ORDER BY arn LIMIT ?';
    return this.#db.all<{ arn: string }>(sql, after, limit).map((row) => row.arn);
  }
}
