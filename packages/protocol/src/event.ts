import type { SessionId, TaskId } from './ids.ts';
import type { Role, WorkerRole } from './role.ts';
import type { Phase } from './task.ts';

/**
 * What a session tells its watchers: one event log, several readers (terminal, log lines, event stream, metrics).
 *
 * `agent_id` is the address of the agent that says so; a reader of state may not know it.
 */
export type SessionEvent = { readonly session_id: SessionId; readonly at_ms: number; readonly agent_id?: string } & (
  | { readonly type: 'session-started' }
  | { readonly type: 'plan-made'; readonly phase: Phase; readonly tasks: number }
  | { readonly type: 'task-leased'; readonly task_id: TaskId; readonly role: WorkerRole; readonly attempt: number }
  | {
      readonly type: 'task-ended';
      readonly task_id: TaskId;
      readonly role: WorkerRole;
      readonly state: 'DONE' | 'FAILED' | 'CANCELLED';
      readonly code?: string;
    }
  /** Said once a task, by whoever wrote its end; a worker adds the time from lease to answer. For counting: readers of state see `task-ended`. */
  | {
      readonly type: 'task-settled';
      readonly task_id: TaskId;
      readonly role: WorkerRole;
      readonly state: 'DONE' | 'FAILED' | 'CANCELLED';
      readonly code?: string;
      readonly execution_time_ms?: number;
    }
  | { readonly type: 'task-revoked'; readonly task_id: TaskId; readonly role: WorkerRole; readonly reason: string }
  | { readonly type: 'message-refused'; readonly code: string; readonly wire_sha256: string }
  /** A message to a role was set aside for good and is kept. */
  | { readonly type: 'dead-letter'; readonly role: Role; readonly code: string; readonly wire_sha256: string }
  /** A call of a language model that was paid for: its model, tokens and what it cost, a decimal string of USD. */
  | {
      readonly type: 'model-called';
      readonly model: string;
      readonly input_tokens: number;
      readonly output_tokens: number;
      readonly usd: string;
    }
  | {
      readonly type: 'report-made';
      readonly report_sha256: string;
      readonly findings: number;
      /** Absent for a reader that did not make the report. */
      readonly analysis?: AnalysisFigures;
    }
  | { readonly type: 'session-ended'; readonly state: string }
);

/** What an analysis came to, for counting: whole numbers, and USD a month as a decimal string. */
export interface AnalysisFigures {
  /** From the start of the session. */
  readonly duration_ms: number;
  /** What a live collection paid for reads AWS charges for. */
  readonly paid_reads_usd: string;
  readonly all: PlaceFigures;
  /** By AWS region, `global` included. */
  readonly by_region: Readonly<Record<string, PlaceFigures>>;
  /** What was asked for and is missing: the codes of the gaps. */
  readonly errors: readonly { readonly code: string; readonly region: string; readonly count: number }[];
}

/** The figures of one place, or of all. */
export interface PlaceFigures {
  readonly resources: number;
  readonly findings: number;
  readonly monthly_savings_usd: string;
}
