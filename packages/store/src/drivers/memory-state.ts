import { isDeepStrictEqual } from 'node:util';
import {
  type Change,
  isSessionOver,
  type SessionId,
  type SessionRecord,
  type StateStore,
  type TaskId,
  type TaskRecord,
} from '@infrafabric/protocol';
import { applyChange } from '../change.ts';
import { taskStatus } from '../task-status.ts';

/** State in the memory of one process, with the semantics of the DynamoDB driver. */
export function memoryState(): StateStore {
  const sessions = new Map<SessionId, SessionRecord>();
  const tasks = new Map<SessionId, Map<TaskId, TaskRecord>>();

  const tasksOf = (session: SessionId): Map<TaskId, TaskRecord> => {
    const found = tasks.get(session) ?? new Map<TaskId, TaskRecord>();
    tasks.set(session, found);
    return found;
  };
  const inOrder = (session: SessionId): TaskRecord[] =>
    [...(tasks.get(session)?.values() ?? [])].sort((a, b) => order(a.task_id, b.task_id));

  return {
    createSession: async (record) => create(sessions, record.session_id, record),
    session: async (id) => structuredClone(sessions.get(id)),
    sessions: async ({ onlyOpen = false } = {}) =>
      structuredClone(
        [...sessions.values()]
          .filter(({ state }) => !onlyOpen || !isSessionOver(state))
          .sort((a, b) => order(b.session_id, a.session_id)),
      ),
    changeSession: async (id, change) => update(sessions, id, change),
    createTask: async (record) => create(tasksOf(record.session_id), record.task_id, record),
    task: async (session, task) => structuredClone(tasks.get(session)?.get(task)),
    tasks: async (session) => structuredClone(inOrder(session)),
    async *taskPages(session) {
      yield structuredClone(inOrder(session));
    },
    taskStatuses: async (session) => inOrder(session).map(taskStatus),
    async *statusPages(session) {
      yield inOrder(session).map(taskStatus);
    },
    changeTask: async (session, task, change) => update(tasksOf(session), task, change),
  };
}

/** True when the record is there as given: written now, or by an earlier call whose answer was lost. */
function create<T extends object>(records: Map<string, T>, key: string, record: T): boolean {
  const there = records.get(key);
  if (there !== undefined) return isDeepStrictEqual(there, withoutUndefined(record));
  records.set(key, withoutUndefined(record));
  return true;
}

function update<T extends object>(records: Map<string, T>, key: string, change: Change<T>): T | undefined {
  const there = records.get(key);
  const next = there === undefined ? undefined : applyChange(there, change);
  if (next !== undefined) records.set(key, next);
  return structuredClone(next);
}

function withoutUndefined<T extends object>(record: T): T {
  const copy = structuredClone(record);
  for (const [name, value] of Object.entries(copy)) if (value === undefined) Reflect.deleteProperty(copy, name);
  return copy;
}

const order = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
