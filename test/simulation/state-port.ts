import type { WriteOutcome } from '@infrafabric/history-checker';
import type { Change, SessionId, SessionRecord, StateStore, TaskId, TaskRecord } from '@infrafabric/protocol';
import { StoreError } from '@infrafabric/store';
import { call } from './call.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** The state store as one process reaches it: every call may be lost, and every write is written down. */
export function statePort(process: Process, world: World): StateStore {
  const { state } = world;
  const read = <T>(point: string, effect: () => Promise<T>): Promise<T> =>
    call(process, world, { point, effect, unavailable: away });
  type Note<T> = (outcome: WriteOutcome, done?: T) => void;
  const write = <T>(point: string, effect: () => Promise<T>, note: Note<T>): Promise<T> =>
    call(process, world, {
      point,
      unavailable: away,
      isRepeated: true,
      onLost: () => note('lost'),
      async effect(isTold) {
        const done = await effect();
        const isApplied = done !== undefined && done !== false;
        note(isApplied ? (isTold ? 'applied' : 'lost-applied') : 'refused', done);
        return done;
      },
    });
  const ofTask =
    (op: 'create' | 'change', session: SessionId, task: TaskId) =>
    (outcome: WriteOutcome, after?: TaskRecord): void =>
      world.record({ kind: 'write', by: process.name, table: 'task', op, session, task, outcome, after });
  const ofSession = (op: 'create' | 'change', session: SessionId) => (outcome: WriteOutcome, after?: SessionRecord) =>
    world.record({ kind: 'write', by: process.name, table: 'session', op, session, outcome, after });
  return {
    session: async (id) => read('session.read', async () => state.session(id)),
    sessions: async () => read('sessions.read', async () => state.sessions()),
    task: async (session, task) => read('task.read', async () => state.task(session, task)),
    tasks: async (session) => read('tasks.read', async () => state.tasks(session)),
    async *taskPages(session) {
      yield await read('tasks.read', async () => state.tasks(session));
    },
    taskStatuses: async (session) => read('statuses.read', async () => state.taskStatuses(session)),
    async *statusPages(session) {
      yield await read('statuses.read', async () => state.taskStatuses(session));
    },
    createSession: async (record) => {
      const note = ofSession('create', record.session_id);
      return write(
        'session.create',
        async () => state.createSession(record),
        (outcome) => note(outcome, record),
      );
    },
    createTask: async (record) => {
      const note = ofTask('create', record.session_id, record.task_id);
      return write(
        'task.create',
        async () => state.createTask(record),
        (outcome) => note(outcome, record),
      );
    },
    changeSession: async (id, change) =>
      write<SessionRecord | undefined>(
        sessionPoint(change),
        async () => state.changeSession(id, change),
        ofSession('change', id),
      ),
    changeTask: async (session, task, change) =>
      write<TaskRecord | undefined>(
        taskPoint(change),
        async () => state.changeTask(session, task, change),
        ofTask('change', session, task),
      ),
  };
}

const away = (): StoreError => new StoreError('UNAVAILABLE', { message: 'the table did not answer in time' });

/** The name of what a change of a task does, as its crash points have it. */
function taskPoint({ set, add }: Change<TaskRecord>): string {
  if (set?.obs !== undefined) return 'task.observe';
  if (set?.state === undefined) return 'task.beat';
  if (set.state === 'LEASED') return 'task.lease';
  if (set.state === 'DONE') return 'task.complete';
  if (set.state === 'DISPATCHED') return add?.dispatch === undefined ? 'task.handback' : 'task.redispatch';
  if (set.answer_wire !== undefined) return 'task.fail';
  return set.code === 'POISON' ? 'task.poison' : 'task.end';
}

/** The name of what a change of a session does. */
function sessionPoint({ set, add, remove }: Change<SessionRecord>): string {
  if (set === undefined) {
    if (remove?.includes('boot_id') === true) return 'session.laydown';
    return add?.tick === undefined ? 'session.hb' : 'session.beat';
  }
  if (set.ended_at_ms !== undefined) return 'session.end';
  if (set.cancel === true) return 'session.cancel';
  if (set.owner !== undefined) return 'session.take';
  return set.state === undefined ? 'session.plan' : 'session.report';
}
