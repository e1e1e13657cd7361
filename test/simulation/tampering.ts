import { canonicalJson, digestOf, type SessionId, type TaskRecord, TaskState } from '@infrafabric/protocol';
import { EVIL_RESULT } from './forgeries.ts';
import { MARKER } from './marker.ts';
import type { World } from './world.ts';

/** What somebody with the key of the store may write into an item, made from what stands in it and in another. */
const HARMS: Readonly<Record<string, (item: TaskRecord, other: TaskRecord) => Partial<TaskRecord>>> = {
  'forged end': () => ({ state: TaskState.enum.DONE, result: text(EVIL_RESULT) }),
  'end with the answer of another task': (_, { answer_wire, result, result_sha256 }) => ({
    state: TaskState.enum.DONE,
    ...(answer_wire === undefined ? {} : { answer_wire }),
    ...(result === undefined ? {} : { result }),
    ...(result_sha256 === undefined ? {} : { result_sha256 }),
  }),
  'a word more in a result': ({ result }) => (result === undefined ? {} : { result: worded(result) }),
  'a word more in a result, and its hash in the answer': ({ result, answer_wire, result_sha256 = '?' }) => {
    if (result === undefined || answer_wire === undefined) return {};
    const said = digestOf(worded(result));
    return {
      result: worded(result),
      result_sha256: said,
      answer_wire: answer_wire.replaceAll(result_sha256, said),
    };
  },
  'another result': () => ({ result: text(EVIL_RESULT) }),
  'answer of another task': (_, { answer_wire = '{}' }) => ({ answer_wire }),
  'request of another task': (_, { request_wire }) => ({ request_wire }),
};

/** A result of the same kind that says something of the attacker's. */
const worded = (result: string): string => canonicalJson({ ...JSON.parse(result), note: MARKER });

/** Kinds of harm. */
export const TAMPERINGS: readonly string[] = Object.keys(HARMS);

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Changes an item behind everybody's back. */
export async function tamper(kind: string, session: SessionId, { state, chance, record }: World): Promise<void> {
  const tasks = await state.tasks(session);
  const victim = tasks[chance.int('tamper victim', Math.max(1, tasks.length))];
  const other = tasks[chance.int('tamper other', Math.max(1, tasks.length))];
  if (victim === undefined || other === undefined) return;
  const set = HARMS[kind]?.(victim, other) ?? {};
  const after = await state.changeTask(session, victim.task_id, { expect: {}, set });
  if (after !== undefined) record({ kind: 'tamper', table: 'task', session, task: victim.task_id, after });
}
