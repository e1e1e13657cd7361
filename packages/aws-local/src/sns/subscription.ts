import type { Database } from '../engine/database.ts';
import { storedJson } from '../engine/stored-json.ts';
import { type FilterPolicy, parseFilterPolicy } from './filter-policy.ts';
import { notFound } from './faults.ts';

/** The subscription of a queue to a topic. `endpoint` is the ARN of the queue. */
export interface Subscription {
  readonly arn: string;
  readonly topic: string;
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly raw: boolean;
  readonly filter: FilterPolicy | undefined;
}

interface SubscriptionRow {
  arn: string;
  topic: string;
  endpoint: string;
  attributes: string;
}

/** The subscriptions of the file; those of a topic are kept parsed in memory. */
export class SubscriptionTable {
  readonly #db: Database;
  readonly #byTopic = new Map<string, readonly Subscription[]>();

  constructor(db: Database) {
    this.#db = db;
    db.onUndo(() => this.#byTopic.clear());
  }

  /** The subscriptions of a topic, in the order they were made. */
  of(topic: string): readonly Subscription[] {
    const known = this.#byTopic.get(topic);
    if (known !== undefined) return known;
    const sql = 'SELECT * FROM subscription WHERE topic = ? ORDER BY rowid';
    const subscriptions = this.#db.all<SubscriptionRow>(sql, topic).map(subscriptionOf);
    this.#byTopic.set(topic, subscriptions);
    return subscriptions;
  }

  /** @throws AwsFault `NotFound`. */
  existing(arn: string): Subscription {
    const row = this.#db.get<SubscriptionRow>('SELECT * FROM subscription WHERE arn = ?', arn);
    if (row === undefined) throw notFound('Subscription');
    return subscriptionOf(row);
  }

  add(subscription: Pick<Subscription, 'arn' | 'topic' | 'endpoint' | 'attributes'>): void {
    const sql = 'INSERT INTO subscription (arn, topic, endpoint, attributes) VALUES (?, ?, ?, ?)';
    const { arn, topic, endpoint, attributes } = subscription;
    this.#db.run(sql, arn, topic, endpoint, JSON.stringify(attributes));
    this.#byTopic.delete(topic);
  }

  change(subscription: Subscription, attributes: Readonly<Record<string, string>>): void {
    const sql = 'UPDATE subscription SET attributes = ? WHERE arn = ?';
    this.#db.run(sql, JSON.stringify(attributes), subscription.arn);
    this.#byTopic.delete(subscription.topic);
  }

  /** Deletes a subscription; one that does not exist is no error. */
  delete(arn: string): void {
    this.#db.run('DELETE FROM subscription WHERE arn = ?', arn);
    this.#byTopic.clear();
  }

  deleteOf(topic: string): void {
    this.#db.run('DELETE FROM subscription WHERE topic = ?', topic);
    this.#byTopic.delete(topic);
  }
}

function subscriptionOf(row: SubscriptionRow): Subscription {
  const attributes = storedJson<Record<string, string>>(row.attributes);
  const policy = attributes['FilterPolicy'];
  return {
    arn: row.arn,
    topic: row.topic,
    endpoint: row.endpoint,
    attributes,
    raw: attributes['RawMessageDelivery'] === 'true',
    filter: policy === undefined ? undefined : parseFilterPolicy(policy),
  };
}
