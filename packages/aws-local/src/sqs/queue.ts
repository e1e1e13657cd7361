import type { Database } from '../engine/database.ts';
import { AwsFault } from '../engine/fault.ts';
import { ACCOUNT, REGION } from '../engine/identity.ts';
import { storedJson } from '../engine/stored-json.ts';
import { type RedriveTarget, redriveTarget } from './queue-attributes.ts';

/** A standard queue. `attributes` are those a caller may set, as strings; `redrive` is its parsed RedrivePolicy. */
export interface Queue {
  readonly id: number;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly redrive: RedriveTarget | undefined;
  readonly visibilityTimeoutS: number;
  readonly retentionMs: number;
  readonly createdS: number;
  readonly modifiedS: number;
}

interface QueueRow {
  id: number;
  name: string;
  attributes: string;
  created_s: number;
  modified_s: number;
}

/** `arn:aws:sqs:<region>:<account>:<name>`. */
export function queueArn(name: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
}

/** `<origin>/<account>/<name>`. */
export function queueUrl(origin: string, name: string): string {
  return `${origin}/${ACCOUNT}/${name}`;
}

/** The queues of the file, kept parsed in memory. */
export class QueueTable {
  readonly #db: Database;
  readonly #byName = new Map<string, Queue>();

  constructor(db: Database) {
    this.#db = db;
    db.onUndo(() => this.#byName.clear());
  }

  /** @throws AwsFault `QueueDoesNotExist`. */
  byUrl(url: string): Queue {
    return this.byName(url.slice(url.lastIndexOf('/') + 1));
  }

  /** @throws AwsFault `QueueDoesNotExist`. */
  byName(name: string): Queue {
    const queue = this.find(name);
    if (queue === undefined) throw new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  /** The queue an ARN or a name means, if it exists. */
  find(nameOrArn: string): Queue | undefined {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf(':') + 1);
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const row = this.#db.get<QueueRow>('SELECT * FROM queue WHERE name = ?', name);
    if (row === undefined) return undefined;
    const queue = queueOf(row);
    this.#byName.set(name, queue);
    return queue;
  }

  create(name: string, attributes: Readonly<Record<string, string>>, nowS: number): void {
    const sql = 'INSERT INTO queue (name, attributes, created_s, modified_s) VALUES (?, ?, ?, ?)';
    this.#db.run(sql, name, JSON.stringify(attributes), nowS, nowS);
    this.#byName.delete(name);
  }

  change(queue: Queue, attributes: Readonly<Record<string, string>>, nowS: number): void {
    const sql = 'UPDATE queue SET attributes = ?, modified_s = ? WHERE id = ?';
    this.#db.run(sql, JSON.stringify(attributes), nowS, queue.id);
    this.#byName.delete(queue.name);
  }

  delete(queue: Queue): void {
    this.#db.run('DELETE FROM message WHERE queue = ?', queue.id);
    this.#db.run('DELETE FROM queue WHERE id = ?', queue.id);
    this.#byName.delete(queue.name);
  }

  /** Up to `limit` names after `after` that begin with `prefix`, in order. */
  names(prefix: string, after: string, limit: number): string[] {
    const sql = 'SELECT name FROM queue WHERE name > ? AND substr(name, 1, ?) = ? ORDER BY name LIMIT ?';
    return this.#db.all<{ name: string }>(sql, after, prefix.length, prefix, limit).map((row) => row.name);
  }
}

function queueOf(row: QueueRow): Queue {
  const attributes = storedJson<Record<string, string>>(row.attributes);
  return {
    id: row.id,
    name: row.name,
    attributes,
    redrive: redriveTarget(attributes['RedrivePolicy']),
    visibilityTimeoutS: Number(attributes['VisibilityTimeout']),
    retentionMs: Number(attributes['MessageRetentionPeriod']) * 1000,
    createdS: row.created_s,
    modifiedS: row.modified_s,
  };
}
