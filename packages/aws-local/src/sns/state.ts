import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { Form } from '../wire/form.ts';
import type { SubscriptionTable } from './subscription.ts';
import type { TopicTable } from './topic.ts';

/** What every SNS action works with. */
export interface SnsState {
  readonly db: Database;
  readonly clock: Clock;
  readonly sqs: Sqs;
  readonly topics: TopicTable;
  readonly subscriptions: SubscriptionTable;
}

/** The work of one SNS action; it answers the XML inside its result. */
export type SnsWork = (form: Form) => string;
