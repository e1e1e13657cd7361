import type { SessionItem, TaskItem } from './items.ts';

/** One change of an item: the item before (none: it is new) and after. */
export interface Step<Item> {
  readonly seq: number;
  readonly at_ms: number;
  /** The process that wrote it; undefined where an item was only found at the end. */
  readonly by?: string | undefined;
  readonly cause: 'write' | 'tamper' | 'found';
  /** The writer was told that it took effect. */
  readonly isTold: boolean;
  readonly before?: Item | undefined;
  readonly after: Item;
  /** Somebody sent the dead letter of an ended task again: this step may leave the end. */
  readonly reopens: boolean;
}

/** All that happened to one item, in order. */
export interface Life<Item> {
  readonly session: string;
  readonly name: string;
  readonly steps: Step<Item>[];
  last?: Item;
  /** The state that was found at the end differs from what was written: only in a history with both. */
  isReopened: boolean;
}

/** Whether a task in this state is over. */
export const isTaskOver = ({ state }: Pick<TaskItem, 'state'>): boolean =>
  state === 'DONE' || state === 'FAILED' || state === 'CANCELLED';

/** Whether a session in this state is over. */
export const isSessionOver = ({ state }: Pick<SessionItem, 'state'>): boolean =>
  state === 'DONE' || state === 'DONE_WITH_GAPS' || state === 'FAILED' || state === 'CANCELLED';
