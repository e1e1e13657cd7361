import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { QueryAction, QueryActions } from '../wire/query.ts';
import { publishActions } from './publish-actions.ts';
import type { SnsState, SnsWork } from './state.ts';
import { subscriptionActions } from './subscription-actions.ts';
import { SubscriptionTable } from './subscription.ts';
import { topicActions } from './topic-actions.ts';
import { TopicTable } from './topic.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** Opens the topics of a file; they deliver into `sqs`. */
export function openSns(db: Database, clock: Clock, sqs: Sqs): QueryActions {
  const state: SnsState = {
    db,
    clock,
    sqs,
    topics: new TopicTable(db),
    subscriptions: new SubscriptionTable(db),
  };
  const works = { ...topicActions(state), ...subscriptionActions(state), ...publishActions(state) };
  return Object.fromEntries(Object.entries(works).map(([name, work]) => [name, atomic(db, work)]));
}

function atomic(db: Database, work: SnsWork): QueryAction {
  return { namespace: NAMESPACE, run: (form) => db.write(() => work(form)) };
}
