import type { TaskResult, WorkList } from '@infrafabric/finops';
import type { JsonObject, TaskType, WorkerRole } from '@infrafabric/protocol';
import type { Desk } from './desk.ts';

/** A task as its agent sees it: verified, leased, its work list read. */
export interface WorkOrder {
  readonly type: TaskType;
  readonly service: string;
  readonly region: string;
  readonly context: JsonObject;
  readonly workList: WorkList;
  /** Aborts when the lease is lost or the session is cancelled. */
  readonly signal: AbortSignal;
}

/**
 * One kind of worker.
 *
 * `perform` is a pure function of the order and the evidence it names: the same task gives the same bytes on any machine,
 * which is what lets a crashed task be run again.
 */
export interface Agent {
  readonly role: WorkerRole;
  readonly types: readonly TaskType[];
  readonly perform: (order: WorkOrder, desk: Desk) => Promise<TaskResult>;
}
