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
] as const satisfies readonly (keyof TaskStatus)[];

/** The light view of a task; attributes the task does not have stay absent. */
export function taskStatus(task: TaskStatus): TaskStatus {
  const present = TASK_STATUS_ATTRIBUTES.filter((name) => task[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, task[name]])) as TaskStatus;
}
