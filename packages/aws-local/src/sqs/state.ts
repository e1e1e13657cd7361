import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import type { ActionMaker } from '../wire/action.ts';
import type { MessageTable } from './message-table.ts';
import type { QueueTable } from './queue.ts';
import type { WaitingRooms } from './waiting-room.ts';

/** What every SQS action works with. */
export interface SqsState {
  readonly db: Database;
  readonly clock: Clock;
  readonly queues: QueueTable;
  readonly messages: MessageTable;
  readonly rooms: WaitingRooms;
  readonly make: ActionMaker;
}
