import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import { actionMaker } from '../wire/action.ts';
import type { JsonService } from '../wire/json.ts';
import { deleteActions } from './delete-actions.ts';
import { MessageTable, type NewMessage } from './message-table.ts';
import { moveActions } from './move-actions.ts';
import { queueActions } from './queue-actions.ts';
import { type Queue, QueueTable } from './queue.ts';
import { receiveActions } from './receive-action.ts';
import type { SqsState } from './state.ts';
import { sendActions } from './send-actions.ts';
import { visibilityActions } from './visibility-actions.ts';
import { WaitingRooms } from './waiting-room.ts';

/** The queues, for clients (`service`) and for SNS, which delivers inside its own transaction. */
export interface Sqs {
  readonly service: JsonService;
  /** Adds a message to a queue, inside the transaction that is open; answers false when there is no such queue. */
  deliver(queueArn: string, message: Omit<NewMessage, 'delayS'>): boolean;
  /** The queue an ARN means, if it exists. */
  find(queueArn: string): Queue | undefined;
  /** Ends every long poll with an empty answer. */
  stop(): void;
}

/** Error names that the query protocol spelled otherwise. Source: botocore sqs/2012-11-05 service-2.json. */
const QUERY_ERRORS: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
};

/** Opens the queues of a file. */
export function openSqs(db: Database, clock: Clock): Sqs {
  const queues = new QueueTable(db);
  const touched = touchedQueues(db, (queueId) => rooms.ring(queueId));
  const messages = new MessageTable(db, clock, queues, touched);
  const rooms = new WaitingRooms(clock, (queueId) => messages.nextVisibleMs(queueId));
  const make = actionMaker(db, { missing: 'MissingParameter', invalid: 'InvalidParameterValue' });
  const state: SqsState = { db, clock, queues, messages, rooms, make };
  return {
    service: {
      actions: {
        ...queueActions(state),
        ...sendActions(state),
        ...receiveActions(state),
        ...deleteActions(state),
        ...visibilityActions(state),
        ...moveActions(state),
      },
      version: '1.0',
      namespace: 'com.amazonaws.sqs#',
      unknownOperation: 'InvalidAction',
      queryError: (code) => QUERY_ERRORS[code] ?? code,
    },
    find: (queueArn) => queues.find(queueArn),
    deliver: (queueArn, message) => {
      const queue = queues.find(queueArn);
      if (queue === undefined) return false;
      messages.add(queue, { ...message, delayS: Number(queue.attributes['DelaySeconds']) });
      return true;
    },
    stop: () => rooms.close(),
  };
}

/** Collects the queues of one transaction and rings each once after it. */
function touchedQueues(db: Database, ring: (queueId: number) => void): (queueId: number) => void {
  let touched = new Set<number>();
  return (queueId) => {
    if (touched.size === 0) {
      db.afterTransaction(() => {
        const all = touched;
        touched = new Set();
        for (const id of all) ring(id);
      });
    }
    touched.add(queueId);
  };
}
