import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  isSessionOver,
  type SessionId,
  type SessionRecord,
  type StateStore,
  type TaskId,
  type TaskRecord,
  type TaskStatus,
} from '@infrafabric/protocol';
import { TASK_STATUS_ATTRIBUTES } from '../task-status.ts';
import { type DynamoTable, type Item, type ItemKey, dynamoTable } from './dynamo-table.ts';

/** Options of the DynamoDB drivers. */
export interface DynamoOptions {
  readonly client: DynamoDBClient;
  /** A table with string keys `pk` and `sk`. */
  readonly table: string;
  readonly tenant: string;
}

/** How many sessions are read side by side for the list. */
const READ_WIDTH = 20;

/**
 * State in one DynamoDB table: `t#<tenant>#s#<session>` holds `session` and `task#<task id>`; `t#<tenant>#sessions` lists sessions.
 *
 * A session is listed before it is created, so that no accepted session is ever missing from the list.
 */
export function dynamoState(options: DynamoOptions): StateStore {
  const table = dynamoTable(options);
  const pk = (session: SessionId): string => `t#${options.tenant}#s#${session}`;
  const sessionKey = (session: SessionId): ItemKey => ({ pk: pk(session), sk: 'session' });
  const taskKey = (session: SessionId, task: TaskId): ItemKey => ({ pk: pk(session), sk: `task#${task}` });
  const list = `t#${options.tenant}#sessions`;
  // What is over stays so: who asks for the open ones again and again reads each of these once.
  const over = new Set<SessionId>();
  const eachSession = async (ids: readonly SessionId[]): Promise<SessionRecord[]> => {
    const found: (SessionRecord | undefined)[] = [];
    for (let start = 0; start < ids.length; start += READ_WIDTH) {
      const some = ids.slice(start, start + READ_WIDTH).map(async (id) => table.get(sessionKey(id)));
      found.push(...(await Promise.all(some)).map((item) => sessionOf(item)));
    }
    return found.filter((record) => record !== undefined);
  };

  return {
    async createSession(record) {
      await table.put(
        { pk: list, sk: record.session_id },
        { session_id: record.session_id, created_at_ms: record.created_at_ms },
      );
      return isWritten(record, await table.create(sessionKey(record.session_id), record));
    },
    session: async (id) => sessionOf(await table.get(sessionKey(id))),
    async sessions({ onlyOpen = false } = {}) {
      const listed = await listedIds(table, list);
      const read = await eachSession(onlyOpen ? listed.filter((id) => !over.has(id)) : listed);
      for (const { session_id, state } of read) if (isSessionOver(state)) over.add(session_id);
      if (over.size > listed.length) keepOnly(over, listed);
      return onlyOpen ? read.filter(({ state }) => !isSessionOver(state)) : read;
    },
    changeSession: async (id, change) => sessionOf(await table.update(sessionKey(id), change)),
    createTask: async (record) =>
      isWritten(record, await table.create(taskKey(record.session_id, record.task_id), record)),
    task: async (session, task) => taskOf(await table.get(taskKey(session, task))),
    tasks: async (session) =>
      (await table.query(tasksOf(pk(session)))).map(taskOf).filter((task) => task !== undefined),
    async *taskPages(session) {
      for await (const page of table.pages(tasksOf(pk(session))))
        yield page.map(taskOf).filter((task) => task !== undefined);
    },
    taskStatuses: async (session) =>
      (await table.query({ ...tasksOf(pk(session)), ...LIGHT })).map((item) => statusOf(item)),
    async *statusPages(session) {
      for await (const page of table.pages({ ...tasksOf(pk(session)), ...LIGHT })) yield page.map(statusOf);
    },
    changeTask: async (session, task, change) => taskOf(await table.update(taskKey(session, task), change)),
  };
}

/** Drops what is listed no more. */
function keepOnly(over: Set<SessionId>, listed: readonly SessionId[]): void {
  const kept = new Set(listed);
  for (const id of over) if (!kept.has(id)) over.delete(id);
}

/** Whether the record is there as given: written now, or by an earlier call whose answer was lost. */
function isWritten(record: object, there: Item | undefined): boolean {
  if (there === undefined) return true;
  const given = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
  return isDeepStrictEqual(there, given);
}

async function listedIds(table: DynamoTable, list: string): Promise<SessionId[]> {
  const items = await table.query({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': list },
    ScanIndexForward: false,
  });
  return items.map(({ session_id }) => String(session_id));
}

const tasksOf = (pk: string) => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :task)',
  ExpressionAttributeValues: { ':pk': pk, ':task': 'task#' },
});

const LIGHT = {
  ProjectionExpression: TASK_STATUS_ATTRIBUTES.map((_, index) => `#n${index}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(TASK_STATUS_ATTRIBUTES.map((name, index) => [`#n${index}`, name])),
};

/** A session as it was written: only this driver writes under these keys. */
function sessionOf(item: Item | undefined): SessionRecord | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is this driver's own
  return item as SessionRecord | undefined;
}

/** A task as it was written. */
function taskOf(item: Item | undefined): TaskRecord | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is this driver's own
  return item as TaskRecord | undefined;
}

/** The light view of a task, as the projection gives it. */
function statusOf(item: Item): TaskStatus {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is this driver's own
  return item as unknown as TaskStatus;
}
