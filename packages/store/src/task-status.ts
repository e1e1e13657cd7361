import type { TaskStatus } from '@infrafabric/protocol';

/** The attributes of a task that the light view carries. */
export const TASK_STATUS_ATTRIBUTES = [
  'task_id',
  'role',
  'phase',
  'state',
  'dispatch',
  'fence',
  'attempt',
  'hb',
  'owner',
  'boot_id',
  'obs',
  'code',
  'message',
  'dispatched_at_ms',
  'leased_at_ms',
  'ended_at_ms',
] as const satisfies readonly (keyof TaskStatus)[];

/** The light view of a task. */
export function taskStatus(task: TaskStatus): TaskStatus {
  const view = { ...task };
  for (const name of Object.keys(view)) if (!LIGHT.has(name)) Reflect.deleteProperty(view, name);
  return structuredClone(view);
}

const LIGHT = new Set<string>(TASK_STATUS_ATTRIBUTES);
